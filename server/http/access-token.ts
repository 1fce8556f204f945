import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Equal-time comparison; hashing first makes the lengths equal. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Cookies are shared by all ports of a host, hence the port in the name. */
export function cookieName(port: number): string {
  return `lossboard-${port}`
}

/** The cookie holds the hash: any token fits into a cookie that way, and the token itself is not written to the browser's disk. */
function cookieValue(token: string): string {
  return sha256(token).toString('hex')
}

/** True when the request carries the token as a bearer or in this port's cookie. */
export function isAuthorised(request: IncomingMessage, token: string, port: number): boolean {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return sameToken(bearer, token)
  const prefix = `${cookieName(port)}=`
  const cookie = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(prefix))
  return cookie !== undefined && sameToken(cookie.trim().slice(prefix.length), cookieValue(token))
}

export interface TokenLogin {
  /** Address to go on to, without the token in it. */
  location: string
  /** Null when the token was wrong. */
  cookie: string | null
}

/**
 * A page opened with `?token=`: keeps the token in a cookie and takes it out of the address, so that it stays out of history,
 * bookmarks and screenshots. Lax, not Strict: a link from elsewhere must still open the dashboard.
 */
export function tokenLogin(url: URL, token: string, port: number): TokenLogin | null {
  const given = url.searchParams.get('token')
  if (given === null) return null
  const rest = new URLSearchParams(url.searchParams)
  rest.delete('token')
  const query = rest.size > 0 ? `?${rest}` : ''
  // One leading slash only: `//host` would lead to another site.
  const location = `${url.pathname.replace(/^[/\\]+/, '/')}${query}`
  return { location, cookie: sameToken(given, token) ? `${cookieName(port)}=${cookieValue(token)}; Path=/; HttpOnly; SameSite=Lax` : null }
}
