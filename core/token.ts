/** Tokens: what lets a program or a browser use a server. The store keeps a hash of the secret, never the token. */

/** `write`: create runs and log to them. `read`: the dashboard, changing nothing. `admin`: both, and all changes. */
export const TOKEN_SCOPES = ['write', 'read', 'admin'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

export interface Token {
  id: string
  name: string
  scope: TokenScope
  /** Only runs of this project may be written; null: any. */
  project: string | null
  /** ms since epoch, as all times here. */
  createdAt: number
  /** To the minute; null: never used. */
  lastUsedAt: number | null
  expiresAt: number | null
  revokedAt: number | null
}

/** True while the token opens anything. */
export function isLive(token: Pick<Token, 'expiresAt' | 'revokedAt'>, now: number): boolean {
  return token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now)
}

const FORM = /^lb_([a-z0-9]{10})_([A-Za-z0-9_-]{43})$/

/** The two parts of `lb_<id>_<secret>`; null when it is no token of this form. */
export function parseToken(text: string): { id: string; secret: string } | null {
  const [, id, secret] = FORM.exec(text) ?? []
  return id !== undefined && secret !== undefined ? { id, secret } : null
}

export function formatToken(id: string, secret: string): string {
  return `lb_${id}_${secret}`
}
