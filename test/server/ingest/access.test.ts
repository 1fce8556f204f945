import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseToken, type TokenScope } from '../../../core/token.ts'
import type { NewToken } from '../../../db/tokens.ts'
import { callProcedure, type Reply, send } from '../send.ts'
import { errorOf, type IngestServer, ingestServer } from './ingest-server.ts'

const make = async (at: IngestServer, scope: TokenScope, fields: Partial<NewToken> = {}) =>
  (await at.temp.store.tokens.create({ name: null, scope, project: null, expiresAt: null, ...fields })).text
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const refusal = (reply: Reply) => [reply.status, errorOf(reply).code]
let writers = 0
const begin = (at: IngestServer, headers: Record<string, string> = {}, project = 'test') =>
  at.call('/runs', { writer: `access-${++writers}`, project }, headers)

describe('on this machine alone', () => {
  let at: IngestServer
  beforeEach(async () => {
    at = await ingestServer()
  })
  afterEach(() => at.stop())

  it('runs are taken without a token until one that may write was made, and not again once that is revoked', async () => {
    expect((await begin(at)).status).toBe(201)
    await make(at, 'read')
    expect((await begin(at)).status).toBe(201)
    const token = await make(at, 'write')
    const refused = await begin(at)
    expect(refusal(refused)).toEqual([401, 'token_missing'])
    expect(errorOf(refused).message).toContain('lossboard token create')
    expect(refused.headers['www-authenticate']).toBe('Bearer')
    expect((await begin(at, bearer(token))).status).toBe(201)
    await at.temp.store.tokens.revoke(parseToken(token)!.id)
    expect(refusal(await begin(at, bearer(token)))).toEqual([401, 'token_revoked'])
    expect(refusal(await begin(at))).toEqual([401, 'token_missing'])
  })

  it('a token that is sent is checked, also where none is needed', async () => {
    for (const wrong of ['nonsense', `lb_${'a'.repeat(10)}_${'b'.repeat(43)}`])
      expect(refusal(await begin(at, bearer(wrong)))).toEqual([401, 'token_unknown'])
    const token = await make(at, 'read')
    const damaged = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')
    const refused = await begin(at, bearer(damaged))
    expect(refusal(refused)).toEqual([401, 'token_unknown'])
    expect(refused.text).not.toContain(parseToken(token)!.secret.slice(0, 20))
  })

  it('an expired token is told to be expired', async () => {
    const token = await make(at, 'write', { expiresAt: Date.now() - 1, name: 'old' })
    const refused = await begin(at, bearer(token))
    expect(refusal(refused)).toEqual([401, 'token_expired'])
    expect(errorOf(refused).message).toContain('"old" expired on')
  })

  it('each scope opens what it says; a project token only its project', async () => {
    const [write, read, admin, project] = [
      await make(at, 'write'),
      await make(at, 'read'),
      await make(at, 'admin'),
      await make(at, 'write', { project: 'mine' }),
    ]
    expect((await begin(at, bearer(write))).status).toBe(201)
    expect((await begin(at, bearer(admin))).status).toBe(201)
    expect(refusal(await begin(at, bearer(read)))).toEqual([403, 'token_scope'])
    expect((await begin(at, bearer(project), 'mine')).status).toBe(201)
    const other = await begin(at, bearer(project), 'other')
    expect(refusal(other)).toEqual([403, 'token_project'])
    expect(errorOf(other).message).toContain('"mine", not "other"')

    // Nor may it touch a run of another project, by whichever address.
    const run = await at.begin({}, bearer(write))
    const batch = { writer: run.writer, sequence: 1 }
    for (const reply of [
      await at.call(`/runs/${run.id}/batches`, batch, bearer(project)),
      await at.call(`/runs/${run.id}/heartbeat`, { writer: run.writer }, bearer(project)),
      await at.call(`/runs/${run.id}/finish`, { writer: run.writer }, bearer(project)),
      await at.call(`/runs/${run.id}`, { notes: 'x' }, bearer(project), 'PATCH'),
      await at.call('/runs', { writer: run.writer, project: 'mine' }, bearer(project)),
      await at.call('/runs', { writer: 'z', project: 'mine', id: run.id, resume: 'allow' }, bearer(project)),
      await at.call('/runs', { writer: 'z', project: 'mine', forkFrom: { run: run.id, step: 0 } }, bearer(project)),
    ])
      expect(refusal(reply)).toEqual([403, 'token_project'])
    expect(await at.temp.store.run(run.id)).toMatchObject({ notes: '', attempt: 1, status: 'running' })
  })

  it('the use of a token is noted; GET /api/v1 tells what it opens, never its secret', async () => {
    const token = await make(at, 'write', { name: 'laptop', project: 'mine' })
    await begin(at, bearer(token), 'mine')
    expect((await at.temp.store.tokens.list())[0]?.lastUsedAt).toBeGreaterThan(Date.now() - 60_000)
    const info = await send(at.server.port, '/api/v1', { headers: bearer(token) })
    expect(info.json()).toMatchObject({ tokenRequired: true, token: { name: 'laptop', scope: 'write', project: 'mine' } })
    expect(info.text).not.toContain('hash')
    expect(refusal(await send(at.server.port, '/api/v1'))).toEqual([401, 'token_missing'])
  })

  it.each([
    ['a page of another site', { origin: 'http://evil.test' }, 403],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['a renamed host', { host: 'evil.test' }, 421],
  ])('%s cannot log', async (_, headers, status) => {
    const reply = await begin(at, headers as unknown as Record<string, string>)
    expect(reply.status).toBe(status)
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
    expect((await at.temp.store.info()).runs).toBe(0)
  })

  it('the question of a browser whether another site may post is not answered with yes', async () => {
    const headers = { origin: 'http://evil.test', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    const reply = await send(at.server.port, '/api/v1/runs', { method: 'OPTIONS', headers })
    expect(reply.status).toBe(403)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('a server with a token of its own', () => {
  const TOKEN = 'correct horse; battery'
  let at: IngestServer
  beforeAll(async () => {
    at = await ingestServer({ token: TOKEN })
  })
  afterAll(() => at.stop())
  const page = (headers: Record<string, string>) => send(at.server.port, '/api/trpc/store.info', { headers })

  it('wants a token of every client, and takes its own as admin', async () => {
    expect(refusal(await begin(at))).toEqual([401, 'token_missing'])
    expect((await begin(at, bearer(TOKEN))).status).toBe(201)
  })

  it('a read token opens the dashboard and changes nothing; an admin token changes', async () => {
    const run = await at.begin({}, bearer(TOKEN))
    const [read, admin] = [await make(at, 'read'), await make(at, 'admin')]
    expect((await page(bearer(read))).status).toBe(200)
    const refused = await callProcedure(at.server.port, 'runs.update', { id: run.id, notes: 'x' }, bearer(read))
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('may only read')
    expect((await at.temp.store.run(run.id))?.notes).toBe('')
    expect((await callProcedure(at.server.port, 'runs.update', { id: run.id, notes: 'x' }, bearer(admin))).status).toBe(200)
    const query = await send(at.server.port, '/api/trpc/runs.get', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(read) },
      body: JSON.stringify({ id: run.id }),
    })
    expect(query.status).toBe(200)
  })

  it('a write token does not open the dashboard', async () => {
    const reply = await page(bearer(await make(at, 'write', { name: 'w' })))
    expect(reply.status).toBe(401)
    expect(reply.text).toContain('for writing only')
  })

  it('a browser that opened the address with a read token keeps a cookie, which neither holds the token nor outlives it', async () => {
    const token = await make(at, 'read', { name: 'browser' })
    const login = await send(at.server.port, `/?token=${token}`)
    expect([login.status, login.headers.location]).toEqual([303, '/'])
    const cookie = login.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const { id, secret } = parseToken(token)!
    expect(cookie).not.toContain(secret)
    expect(cookie).not.toContain((await at.temp.store.tokens.find(id))?.hash)
    expect((await page({ cookie })).status).toBe(200)
    expect(refusal(await begin(at, { cookie }))).toEqual([401, 'token_missing'])
    await at.temp.store.tokens.revoke('browser')
    expect((await page({ cookie })).status).toBe(401)
    expect((await send(at.server.port, `/?token=${token}`)).status).toBe(401)
  })

  it('what the file holds of a token opens nothing', async () => {
    const token = await make(at, 'admin')
    const { id, hash } = (await at.temp.store.tokens.find(parseToken(token)!.id))!
    expect((await page({ cookie: `lossboard-${at.server.port}=${id}.${hash}` })).status).toBe(401)
    expect((await page(bearer(`lb_${id}_${hash.slice(0, 43)}`))).status).toBe(401)
  })
})

it('a server that shows other files takes no runs', async () => {
  const at = await ingestServer({ ingest: false })
  expect(refusal(await begin(at))).toEqual([403, 'store_not_writable'])
  await at.stop()
})
