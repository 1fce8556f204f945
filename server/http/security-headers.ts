import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** On every answer, whatever it is. */
export function setCommonHeaders(response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('X-Frame-Options', 'DENY')
}

/** For answers that are data: nothing in them may run or load, even opened as a page of their own. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

export function newNonce(): string {
  return randomBytes(18).toString('base64')
}

/**
 * Policy of a page. `dev` adds what Next's development client needs: eval for source maps, a socket for reloads, and style tags
 * without nonce. Style attributes are allowed because the server renders widths and transforms into them.
 */
export function pagePolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
