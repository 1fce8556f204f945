import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

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

/** What the cookie holds of the token the server was started with. */
export function cookieValue(token: string): string {
  return sha256(token).toString('hex')
}

/** Lax, not Strict: a link from elsewhere must still open the dashboard. */
export function cookieHeader(port: number, value: string): string {
  return `${cookieName(port)}=${value}; Path=/; HttpOnly; SameSite=Lax`
}

export interface TokenLogin {
  token: string
  /** Address to go on to, without the token in it, so that it stays out of history, bookmarks and screenshots. */
  location: string
}

/** The login that a page opened with `?token=` asks for; null for any other. */
export function tokenLogin(url: URL): TokenLogin | null {
  const token = url.searchParams.get('token')
  if (token === null) return null
  const rest = new URLSearchParams(url.searchParams)
  rest.delete('token')
  const query = rest.size > 0 ? `?${rest}` : ''
  // One leading slash only: `//host` would lead to another site.
  return { token, location: `${url.pathname.replace(/^[/\\]+/, '/')}${query}` }
}
