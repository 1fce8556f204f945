import type { IncomingMessage } from 'node:http'
import { LossboardError } from '../../core/errors.ts'
import type { Context } from '../context.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { type Access, accessByToken, bearer } from './access.ts'
import { type GuardOptions, isLoopback } from './request-guard.ts'

export interface IngestRouteOptions extends GuardOptions {
  context: Context
  ingest: Ingest | null
  token: string | null
  port: () => number
}

/**
 * What a request may do under `/api/v1`. Throws `token_missing` when one is needed and none came, and what `accessByToken` throws.
 * Cookies do not count: a browser sends them by itself.
 */
export async function ingestAccess(request: IncomingMessage, options: IngestRouteOptions): Promise<Access> {
  const text = bearer(request)
  if (text !== null) return accessByToken(text, { store: options.context.store, serverToken: options.token, port: options.port })
  if (await tokenRequired(options))
    throw new LossboardError(
      'token_missing',
      'this server wants a token: send "Authorization: Bearer lb_…"; "lossboard token create --scope write" makes one',
    )
  return { scope: 'write', token: null }
}

/** On this machine alone nobody needs one, until someone says that they want tokens by making one. One that was revoked still says so. */
async function tokenRequired({ token, bind, context }: IngestRouteOptions): Promise<boolean> {
  return token !== null || !isLoopback(bind) || (await context.store.tokens.anyMayWrite())
}

/** `GET /api/v1` */
export async function ingestInfo({ token }: Access, options: IngestRouteOptions): Promise<unknown> {
  const limits = options.ingest?.limits
  return {
    name: 'lossboard',
    version: options.context.version,
    protocol: 1,
    now: Date.now(),
    tokenRequired: await tokenRequired(options),
    token: token && { id: token.id, name: token.name, scope: token.scope, project: token.project, expiresAt: token.expiresAt },
    limits: limits && {
      bodyBytes: limits.bodyBytes,
      inflatedBytes: limits.inflatedBytes,
      points: limits.points,
      records: limits.records,
      names: limits.names,
      requestsPerSecond: limits.requestsPerSecond,
      bytesPerSecond: limits.bytesPerSecond,
    },
  }
}
