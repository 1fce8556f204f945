import type { Token, TokenScope } from '../core/token.ts'

export interface NewToken {
  /** null: a made one, such as `write-2`. */
  name: string | null
  scope: TokenScope
  project: string | null
  expiresAt: number | null
}

/** The tokens of a store. */
export interface TokenStore {
  /** Oldest first, revoked ones too. */
  list(): Promise<Token[]>
  /** Makes a token; its text is in the answer and nowhere else. Throws `invalid_argument` when a live token has this name. */
  create(token: NewToken): Promise<{ token: Token; text: string }>
  /** By id or name; throws not_found naming near matches. */
  revoke(reference: string): Promise<Token>
  /** With the hash that `storedHash` makes. */
  find(id: string): Promise<(Token & { hash: string }) | null>
  /** True when a token that may write was ever made here, revoked and expired ones included. */
  anyMayWrite(): Promise<boolean>
  /** Notes that a token was used; writes nothing when that was less than a minute ago. */
  touch(id: string): Promise<void>
}
