import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Context } from '../../../server/context.ts'
import type { Pages } from '../../../server/http/pages.ts'
import { handleRequest } from '../../../server/http/request-handler.ts'
import { send } from '../send.ts'

/** Stands where Next does and answers with the policy it was handed, which is where Next takes the nonce from. */
const echo: Pages = {
  async handle(request, response) {
    if (request.url?.startsWith('/broken')) throw new Error('secret detail')
    response.end(
      JSON.stringify({ policy: request.headers['content-security-policy'], reportOnly: request.headers['content-security-policy-report-only'] }),
    )
  },
  upgrade: (_, socket) => socket.destroy(),
  close: async () => {},
}

let server: Server
let port: number

beforeAll(async () => {
  const context = {} as Context
  const options = {
    context,
    ingest: null,
    pages: Promise.resolve(echo),
    dev: false,
    token: null,
    port: () => port,
    bind: '127.0.0.1',
    allowedHosts: [],
  }
  server = createServer((request, response) => void handleRequest(request, response, options))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1]

describe('pages', () => {
  it('are given the policy the browser gets, with a nonce of its own for every request', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(port, '/runs')))
    for (const reply of replies) expect((reply.json() as { policy: string }).policy).toBe(reply.headers['content-security-policy'])
    const nonces = replies.map((reply) => nonceOf(reply.headers['content-security-policy']))
    expect(new Set(nonces).size).toBe(20)
    for (const nonce of nonces) expect(Buffer.from(nonce ?? '', 'base64').length).toBeGreaterThanOrEqual(16)
  })

  it('never run inline code, foreign code, frames or plug-ins', async () => {
    const policy = (await send(port, '/')).headers['content-security-policy'] as string
    const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part] as const))
    expect(directives.get('default-src')).toBe("default-src 'self'")
    expect(directives.get('script-src')).toMatch(/^script-src 'self' 'nonce-[^']+' 'strict-dynamic'$/)
    expect(directives.get('style-src')).toMatch(/^style-src 'self' 'nonce-[^']+'$/)
    expect(directives.get('connect-src')).toBe("connect-src 'self'")
    for (const name of ['object-src', 'base-uri', 'frame-ancestors']) expect(directives.get(name)).toBe(`${name} 'none'`)
  })

  it('cannot be made to use a nonce the client chose', async () => {
    const reply = await send(port, '/', {
      headers: { 'content-security-policy': "script-src 'nonce-mine'", 'content-security-policy-report-only': "script-src 'nonce-mine'" },
    })
    expect(reply.text).not.toContain('mine')
  })

  it('may be opened by a link on another site', async () => {
    expect((await send(port, '/runs', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
  })

  it('take no posts from there', async () => {
    const reply = await send(port, '/runs', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(reply.status).toBe(403)
  })

  it('that break say so without detail, and the log says where without what may be a token', async () => {
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const reply = await send(port, '/broken?token=lb_hidden')
    expect(reply.status).toBe(500)
    expect(reply.text).toContain('could not be rendered')
    expect(reply.text).not.toContain('secret')
    const logged = log.mock.calls.map(([text]) => String(text)).join('')
    log.mockRestore()
    expect(logged).toContain('/broken failed')
    expect(logged).not.toContain('hidden')
  })
})
