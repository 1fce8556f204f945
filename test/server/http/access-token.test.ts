import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { cookieName, isAuthorised, newToken, sameToken, tokenLogin } from '../../../server/http/access-token.ts'

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage
const login = (path: string) => tokenLogin(new URL(`http://localhost${path}`), 'right token; odd', 6006)

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

  it('a bearer must match whole', () => {
    expect(isAuthorised(request({ authorization: 'Bearer secret' }), 'secret', 6006)).toBe(true)
    expect(isAuthorised(request({ authorization: 'bearer secret' }), 'secret', 6006)).toBe(true)
    expect(isAuthorised(request({ authorization: 'Bearer secret2' }), 'secret', 6006)).toBe(false)
    expect(isAuthorised(request({ authorization: 'secret' }), 'secret', 6006)).toBe(false)
    expect(isAuthorised(request({}), 'secret', 6006)).toBe(false)
  })

  it('a login leads to a cookie that is accepted on this port only, and does not hold the token', () => {
    const cookie = login('/?token=right+token%3B+odd')?.cookie ?? ''
    expect(cookie).toMatch(/^lossboard-6006=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Lax$/)
    const sent = `other=1; ${cookie.split(';')[0]}`
    expect(isAuthorised(request({ cookie: sent }), 'right token; odd', 6006)).toBe(true)
    expect(isAuthorised(request({ cookie: sent }), 'right token; odd', 6007)).toBe(false)
    expect(isAuthorised(request({ cookie: sent }), 'another', 6006)).toBe(false)
    expect(isAuthorised(request({ cookie: `x${cookieName(6006)}=y` }), 'right token; odd', 6006)).toBe(false)
  })

  it('the token leaves the address, the rest of it stays', () => {
    expect(login('/runs/7?smooth=0.9&token=wrong&x=epoch')).toEqual({ location: '/runs/7?smooth=0.9&x=epoch', cookie: null })
    expect(login('/?token=')).toEqual({ location: '/', cookie: null })
    expect(login('/runs/7')).toBeNull()
  })

  it.each(['//evil.test/?token=x', '/\\evil.test/?token=x', '///evil.test/?token=x'])('%s does not redirect to another site', (path) => {
    const { location } = login(path) ?? { location: '' }
    expect(new URL(location, 'http://localhost').host).toBe('localhost')
  })
})
