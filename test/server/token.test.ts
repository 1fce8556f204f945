import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { send } from './send.ts'
import { type TempStore, tempStore } from './temp-store.ts'

const TOKEN = 'correct horse; battery'
let temp: TempStore
let server: RunningServer

beforeAll(async () => {
  temp = await tempStore()
  server = await startServer({ store: temp.store, host: '0.0.0.0', port: 0, token: TOKEN })
})

afterAll(async () => {
  await server.close()
  await temp.remove()
})

it('binding beyond loopback without a token is refused before anything listens', async () => {
  await expect(startServer({ store: temp.store, host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ code: 'invalid_option' })
})

it('without the token there is no data and no page', async () => {
  for (const path of ['/', '/runs', '/api/trpc/store.info', '/api/export?run=x', '/api/blob/x']) {
    const reply = await send(server.port, path)
    expect(reply.status, path).toBe(401)
    expect(reply.text).toContain('token')
    expect(reply.text).not.toContain(TOKEN)
  }
})

it('a wrong token is told to be wrong', async () => {
  const reply = await send(server.port, '/?token=nope')
  expect(reply.status).toBe(401)
  expect(reply.text).toContain('wrong')
  expect(reply.headers['set-cookie']).toBeUndefined()
  expect((await send(server.port, '/api/trpc/store.info', { headers: { authorization: 'Bearer nope' } })).status).toBe(401)
})

it('the printed address logs a browser in and leaves the token out of the next address', async () => {
  const { pathname, search } = new URL(server.url)
  const login = await send(server.port, pathname + search)
  expect(login.status).toBe(303)
  expect(login.headers.location).toBe('/')
  const [cookie = ''] = login.headers['set-cookie'] ?? []
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
  const session = { cookie: cookie.split(';')[0] ?? '' }
  expect((await send(server.port, '/api/trpc/store.info', { headers: session })).status).toBe(200)
})

it('a cookie does not help another site', async () => {
  const login = await send(server.port, `/?token=${encodeURIComponent(TOKEN)}`)
  const cookie = login.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const reply = await send(server.port, '/api/trpc/store.info', { headers: { cookie, origin: 'http://evil.test' } })
  expect(reply.status).toBe(403)
})

it('a program uses a bearer', async () => {
  expect((await send(server.port, '/api/trpc/store.info', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200)
})

it('a token in the address of data does not count: addresses end up in logs', async () => {
  expect((await send(server.port, `/api/trpc/store.info?token=${encodeURIComponent(TOKEN)}`)).status).toBe(401)
})

it('health is open and says nothing about the data', async () => {
  const reply = await send(server.port, '/api/health')
  expect(reply.json()).toEqual({ ok: true, name: 'lossboard', version: expect.any(String) })
})

it('other addresses of this machine are answered, foreign names are not', async () => {
  const bearer = { authorization: `Bearer ${TOKEN}` }
  expect((await send(server.port, '/api/trpc/store.info', { headers: { ...bearer, host: '192.168.7.7:6006' } })).status).toBe(200)
  expect((await send(server.port, '/api/trpc/store.info', { headers: { ...bearer, host: 'evil.test' } })).status).toBe(421)
})
