import type { IncomingMessage } from 'node:http'
import { LossboardError } from '../../core/errors.ts'
import { parseToken, type Token, type TokenScope } from '../../core/token.ts'
import type { Store } from '../../db/store.ts'
import { cookieHash, sameHash, storedHash } from '../../db/token-secret.ts'
import { cookieName, cookieValue, sameToken } from './access-token.ts'

/** What a request may do. */
export interface Access {
  scope: TokenScope
  /** null: the token the server was started with, or none. */
  token: Token | null
}

export interface AccessOptions {
  store: Store
  /** The token the server was started with; it opens everything. */
  serverToken: string | null
  port: () => number
}

/** The token of an `Authorization: Bearer …`; null without one. */
export function bearer(request: IncomingMessage): string | null {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
}

/** What a token opens. Throws `token_unknown`, `token_revoked` or `token_expired`; the message never has the token in it. */
export async function accessByToken(text: string, { store, serverToken }: AccessOptions): Promise<Access> {
  if (serverToken !== null && sameToken(text, serverToken)) return { scope: 'admin', token: null }
  const parts = parseToken(text)
  if (!parts)
    throw new LossboardError('token_unknown', 'this token is none of this server: tokens look like lb_…, and "lossboard token create" makes them')
  return byStoredToken(store, parts.id, storedHash(cookieHash(parts.secret)))
}

/** What the cookie of this port opens; null without one. Throws as `accessByToken`. */
export async function accessByCookie(request: IncomingMessage, options: AccessOptions): Promise<Access | null> {
  const prefix = `${cookieName(options.port())}=`
  const cookie = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(prefix))
  if (cookie === undefined) return null
  const value = cookie.trim().slice(prefix.length)
  if (options.serverToken !== null && sameToken(value, cookieValue(options.serverToken))) return { scope: 'admin', token: null }
  const [, id, hash] = /^([a-z0-9]{10})\.([0-9a-f]{64})$/.exec(value) ?? []
  if (id === undefined || hash === undefined) throw new LossboardError('token_unknown', 'the cookie of this browser is of another token')
  return byStoredToken(options.store, id, storedHash(hash))
}

/** What a browser keeps of a token: enough to be let in again, not enough to make the token, and any token fits into a cookie that way. */
export function cookieOfToken(text: string, serverToken: string | null): string {
  const parts = serverToken !== null && sameToken(text, serverToken) ? null : parseToken(text)
  return parts ? `${parts.id}.${cookieHash(parts.secret)}` : cookieValue(text)
}

async function byStoredToken(store: Store, id: string, hash: string): Promise<Access> {
  const found = await store.tokens.find(id)
  // Compared with something in any case, so that the time does not tell which ids exist.
  const fits = sameHash(hash, found?.hash ?? '')
  if (!found || !fits)
    throw new LossboardError('token_unknown', 'this store does not know the token: copy it whole, or make one with "lossboard token create"')
  if (found.revokedAt !== null)
    throw new LossboardError('token_revoked', `the token "${found.name}" was revoked on ${day(found.revokedAt)}: make a new one`)
  if (found.expiresAt !== null && found.expiresAt <= Date.now())
    throw new LossboardError('token_expired', `the token "${found.name}" expired on ${day(found.expiresAt)}: make a new one`)
  const { hash: _, ...token } = found
  return { scope: found.scope, token }
}

function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
