import type { Database } from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import { formatToken, isLive, type Token } from '../../core/token.ts'
import { randomId } from '../random-id.ts'
import { cookieHash, newSecret, storedHash } from '../token-secret.ts'
import type { NewToken, TokenStore } from '../tokens.ts'
import type { Guards } from './sqlite-findings.ts'
import { immediate } from './transaction.ts'

const COLUMNS = 'id, name, scope, project, created_at AS createdAt, last_used_at AS lastUsedAt, expires_at AS expiresAt, revoked_at AS revokedAt'
/** Writing down every use would make each request a transaction. */
const TOUCH_EVERY_MS = 60_000

function readTokens(db: Database): Token[] {
  // Two made within a millisecond: in the order they were made.
  return db.prepare(`SELECT ${COLUMNS} FROM tokens ORDER BY created_at, rowid`).all() as Token[]
}

function findToken(db: Database, id: string): (Token & { hash: string }) | null {
  return (db.prepare(`SELECT ${COLUMNS}, hash FROM tokens WHERE id = ?`).get(id) as (Token & { hash: string }) | undefined) ?? null
}

function createToken(db: Database, { name, scope, project, expiresAt }: NewToken): { token: Token; text: string } {
  const secret = newSecret()
  const now = Date.now()
  return immediate(db, () => {
    const taken = new Set(readTokens(db).flatMap((token) => (token.revokedAt === null ? [token.name, token.id] : [])))
    if (name !== null && taken.has(name))
      throw new LossboardError('invalid_argument', `a token named "${name}" exists already: revoke it, or give another name`)
    let number = 1
    while (taken.has(`${scope}-${number}`)) number++
    const token: Token = {
      id: randomId(),
      name: name ?? `${scope}-${number}`,
      scope,
      project,
      createdAt: now,
      lastUsedAt: null,
      expiresAt,
      revokedAt: null,
    }
    db.prepare('INSERT INTO tokens (id, name, scope, project, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      token.id,
      token.name,
      scope,
      project,
      storedHash(cookieHash(secret)),
      now,
      expiresAt,
    )
    return { token, text: formatToken(token.id, secret) }
  })
}

function revokeToken(db: Database, reference: string): Token {
  return immediate(db, () => {
    const all = readTokens(db)
    const found = all.find((token) => token.id === reference) ?? all.findLast((token) => token.name === reference)
    if (!found) throw unknownToken(reference, all)
    const revokedAt = found.revokedAt ?? Date.now()
    db.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ?').run(revokedAt, found.id)
    return { ...found, revokedAt }
  })
}

/** What was typed may be a whole token: it is not repeated. */
function unknownToken(reference: string, all: readonly Token[]): LossboardError {
  const named = reference.startsWith('lb_') ? 'of that text: give its id or its name' : `"${reference}"`
  const live = all.filter((token) => isLive(token, Date.now()))
  const near = nearMatches(
    reference,
    live.flatMap(({ id, name }) => [name, id]),
  )
  const advice =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : live.length > 0
        ? `there is ${live.map(({ name }) => name).join(', ')}`
        : 'the store has no live token'
  return new LossboardError('not_found', `there is no token ${named}${reference.startsWith('lb_') ? '; ' : ': '}${advice}`)
}

function touchToken(db: Database, id: string): void {
  const now = Date.now()
  const lastUsedAt = db.prepare('SELECT last_used_at FROM tokens WHERE id = ?').pluck().get(id) as number | null | undefined
  if (lastUsedAt === undefined || (lastUsedAt !== null && now - lastUsedAt < TOUCH_EVERY_MS)) return
  immediate(db, () => db.prepare('UPDATE tokens SET last_used_at = ? WHERE id = ?').run(now, id))
}

export class SqliteTokens implements TokenStore {
  constructor(
    private readonly db: Database,
    private readonly guards: Guards,
  ) {}

  async list(): Promise<Token[]> {
    return this.guards.read(() => readTokens(this.db))
  }

  async create(token: NewToken): Promise<{ token: Token; text: string }> {
    return this.guards.write(() => createToken(this.db, token))
  }

  async revoke(reference: string): Promise<Token> {
    return this.guards.write(() => revokeToken(this.db, reference))
  }

  async find(id: string): Promise<(Token & { hash: string }) | null> {
    return this.guards.read(() => findToken(this.db, id))
  }

  async anyMayWrite(): Promise<boolean> {
    return this.guards.read(() => this.db.prepare("SELECT EXISTS (SELECT 1 FROM tokens WHERE scope IN ('write', 'admin'))").pluck().get() === 1)
  }

  async touch(id: string): Promise<void> {
    this.guards.write(() => touchToken(this.db, id))
  }
}
