import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../db/store.ts'
import { accessByCookie, bearer, cookieOfToken } from '../../../server/http/access.ts'
import { cookieHeader, cookieName, newToken, sameToken, tokenLogin } from '../../../server/http/access-token.ts'

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage
const login = (path: string) => tokenLogin(new URL(`http://localhost${path}`))
const TOKEN = 'right token; odd'
/** Whether a cookie opens a server that was started with a token, and whose store has none. */
const opens = async (cookie: string, serverToken = TOKEN, port = 6006) =>
  (await accessByCookie(request({ cookie }), { store: {} as Store, serverToken, port: () => port }).catch(() => null)) !== null

describe('access token', () => {
  it('new tokens are long and differ', () => {
    expect(newToken()).toHaveLength(32)
    expect(newToken()).not.toBe(newToken())
  })

  it('compares tokens of any length', () => {
    expect(sameToken('abc', 'abc')).toBe(true)
    expect(sameToken('abc', 'abcd')).toBe(false)
    expect(sameToken('', 'abc')).toBe(false)
  })

  it('a bearer is read whole', () => {
    expect(bearer(request({ authorization: 'Bearer se cret' }))).toBe('se cret')
    expect(bearer(request({ authorization: 'bearer secret' }))).toBe('secret')
    expect(bearer(request({ authorization: 'secret' }))).toBeNull()
    expect(bearer(request({}))).toBeNull()
  })

  it('a login leads to a cookie that is accepted on this port only, and does not hold the token', async () => {
    const cookie = cookieHeader(6006, cookieOfToken(TOKEN, TOKEN))
    expect(cookie).toMatch(/^lossboard-6006=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Lax$/)
    const sent = `other=1; ${cookie.split(';')[0]}`
    expect(await opens(sent)).toBe(true)
    expect(await opens(sent, TOKEN, 6007)).toBe(false)
    expect(await opens(sent, 'another')).toBe(false)
    expect(await opens(`x${cookieName(6006)}=y`)).toBe(false)
  })

  it('the token leaves the address, the rest of it stays', () => {
    expect(login('/runs/7?smooth=0.9&token=wrong&x=epoch')).toEqual({ location: '/runs/7?smooth=0.9&x=epoch', token: 'wrong' })
    expect(login('/?token=')).toEqual({ location: '/', token: '' })
    expect(login('/runs/7')).toBeNull()
  })

  it.each(['//evil.test/?token=x', '/\\evil.test/?token=x', '///evil.test/?token=x'])('%s does not redirect to another site', (path) => {
    const { location } = login(path) ?? { location: '' }
    expect(new URL(location, 'http://localhost').host).toBe('localhost')
  })
})
