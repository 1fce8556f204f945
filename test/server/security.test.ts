import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { callProcedure, send } from './send.ts'
import { newRun, type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
let server: RunningServer
let port: number
let runId: string

beforeAll(async () => {
  temp = await tempStore()
  const writer = await newRun(temp.store)
  runId = writer.runId
  writer.close()
  server = await startServer({ store: temp.store, port: 0 })
  port = server.port
})

afterAll(async () => {
  await server.close()
  await temp.remove()
})

const runStillThere = async () => expect(await temp.store.run(runId)).not.toBeNull()

describe('a page of another site', () => {
  it.each(['/', '/api/trpc/store.info', '/api/health', '/api/export?run=x'])(
    'whose name was re-bound to this address gets nothing from %s',
    async (path) => {
      const reply = await send(port, path, { headers: { host: `evil.test:${port}` } })
      expect(reply.status).toBe(421)
      expect(reply.text).toContain('evil.test')
    },
  )

  it.each<Record<string, string>>([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('cannot read or change data (%j)', async (headers) => {
    const read = await send(port, '/api/trpc/store.info', { headers })
    expect(read.status).toBe(403)
    const change = await callProcedure(port, 'runs.remove', { ids: [runId] }, headers)
    expect(change.status).toBe(403)
    expect(change.json()).toMatchObject({ error: { data: { code: 'FORBIDDEN', httpStatus: 403 } } })
    await runStillThere()
  })

  it.each([
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="ids"\r\n\r\n1\r\n--x--\r\n'],
    ['application/x-www-form-urlencoded', 'ids=1'],
    ['text/plain', '{"ids":["x"]}'],
    ['application/octet-stream', 'x'],
  ])('cannot post a form or text as %s', async (type, body) => {
    for (const procedure of ['runs.remove', 'runs.update', 'store.info']) {
      const reply = await send(port, `/api/trpc/${procedure}`, { method: 'POST', headers: { 'content-type': type }, body })
      expect(reply.status).toBe(415)
    }
    await runStillThere()
  })

  it('is never granted a cross-origin request', async () => {
    const asked = await send(port, '/api/trpc/runs.remove', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
    expect(asked.status).toBe(403)
    expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('cannot open a WebSocket', async () => {
    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`GET /_next/webpack-hmr HTTP/1.1\r\nHost: evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
      })
      let text = ''
      socket.on('data', (chunk) => (text += String(chunk)))
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
    })
    expect(reply).toBe('')
  })
})

describe('our own page', () => {
  it('reads and changes data', async () => {
    const headers = { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' }
    const reply = await callProcedure(port, 'runs.update', { id: runId, notes: 'seen' }, headers)
    expect(reply.status).toBe(200)
    expect((await temp.store.run(runId))?.notes).toBe('seen')
  })
})

it('a mutation is not run by GET', async () => {
  const input = encodeURIComponent(JSON.stringify({ ids: [runId] }))
  expect((await send(port, `/api/trpc/runs.remove?input=${input}`)).status).toBe(405)
  await runStillThere()
})

it('every answer carries the protective headers, and data may not run', async () => {
  for (const path of ['/', '/api/trpc/store.info', '/api/trpc/no.such', '/api/nothing', '/api/health', '/api/blob/x', `/api/export?run=${runId}`]) {
    const { headers } = await send(port, path)
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
    expect(headers['content-security-policy'], path).toContain("default-src 'none'")
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
})

it.each([
  '/api/blob/../../../../etc/passwd',
  '/api/blob/..%2f..%2f..%2fetc%2fpasswd',
  '/api/blob/%2e%2e/%2e%2e/etc/passwd',
  '/api/blob//etc/passwd',
  `/api/blob/${'a'.repeat(64)}/../../../etc/passwd`,
  `/api/blob/${'a'.repeat(64)}%00.png`,
  `/api/blob/${'A'.repeat(64)}`,
  '/api/../../etc/passwd',
])('%s leads nowhere', async (path) => {
  const reply = await send(port, path)
  expect(reply.status).toBeGreaterThanOrEqual(400)
  expect(reply.status).toBeLessThan(500)
  expect(reply.text).not.toContain('root:')
})

it.each(['http://evil.test/api/health', '*', '//evil.test:99999/x'])('the request target %s is answered without harm', async (target) => {
  const reply = await send(port, target)
  expect([400, 404]).toContain(reply.status)
})
