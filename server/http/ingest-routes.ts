import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLossboardError, LossboardError } from '../../core/errors.ts'
import { API_PATH, BATCH_TYPE, CLOCK_HEADER, SENT_AT_HEADER } from '../../core/ingest/protocol.ts'
import type { IngestTask, Operation } from '../ingest/ingest-messages.ts'
import { logError } from '../log-error.ts'
import { type IngestRouteOptions, ingestAccess, ingestInfo } from './ingest-access.ts'
import { ClientGone, readBody } from './read-body.ts'
import { checkSameOrigin } from './request-guard.ts'
import { sendIngestError, sendJson } from './respond.ts'

export function isIngestPath(pathname: string): boolean {
  return pathname === API_PATH || pathname.startsWith(`${API_PATH}/`)
}

interface Route {
  operation: Operation
  method: 'POST' | 'PATCH'
  runId: string
}

const UNDER_RUN: Record<string, Operation> = { batches: 'batch', heartbeat: 'heartbeat', finish: 'finish' }

/** Everything under `/api/v1`, after the Host check: token → same origin → method and type → body → the thread that stores. docs/http.md describes it. */
export async function ingestRoutes(request: IncomingMessage, response: ServerResponse, url: URL, options: IngestRouteOptions): Promise<void> {
  try {
    const access = await ingestAccess(request, options)
    const foreign = checkSameOrigin(request.headers)
    if (foreign) throw new LossboardError('forbidden', foreign.message)
    if (url.pathname === API_PATH || url.pathname === `${API_PATH}/`) {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw wrongMethod(url.pathname, 'GET')
      return sendJson(response, 200, await ingestInfo(access, options))
    }
    const route = findRoute(url.pathname)
    if (request.method !== route.method) throw wrongMethod(url.pathname, route.method)
    if (access.scope === 'read')
      throw new LossboardError('token_scope', `the token "${access.token?.name}" may only read: logging needs one of scope write or admin`)
    const { ingest } = options
    if (!ingest) throw new LossboardError('store_not_writable', 'this server shows what is in other files, and takes no runs')
    const who = access.token?.id ?? ''
    ingest.rates.request(who)
    const form = bodyForm(request, route.operation)
    const clock = clockHeaders(request)
    const place = ingest.enter()
    try {
      const body = await readBody(request, place, ingest.limits)
      ingest.rates.bytes(who, body.byteLength)
      const task: IngestTask = {
        operation: route.operation,
        runId: route.runId,
        body,
        ...form,
        ...clock,
        receivedAt: Date.now(),
        project: access.token?.project ?? null,
        tokenId: access.token?.id ?? null,
      }
      const outcome = await ingest.run(task)
      if (outcome.ok) return sendJson(response, outcome.status, outcome.body)
      if (outcome.code !== 'internal') throw new LossboardError(outcome.code, outcome.message, outcome.facts && { facts: outcome.facts })
      logError(`${request.method} ${url.pathname} failed`, outcome.message)
      sendIngestError(response, 'internal', 'failed inside the server: its console says why')
    } finally {
      place.leave()
    }
  } catch (error) {
    if (error instanceof ClientGone || response.headersSent) return void response.destroy()
    if (!isLossboardError(error)) {
      logError(`${request.method} ${url.pathname} failed`, error)
      return sendIngestError(response, 'internal', 'failed inside the server: its console says why')
    }
    refuse(request, response, error)
  }
}

/** Seconds a client should wait before it tries again what may pass by itself. */
const RETRY_AFTER: Partial<Record<LossboardError['code'], number>> = {
  rate_limited: 1,
  server_busy: 1,
  store_busy: 1,
  disk_full: 10,
}
/** A client still sending would not read the answer: what it sends is thrown away for so long, then the connection is cut. */
const LINGER_MS = 2_000

function refuse(request: IncomingMessage, response: ServerResponse, error: LossboardError): void {
  const { retryAfter, ...facts } = error.facts ?? {}
  const seconds = retryAfter ?? RETRY_AFTER[error.code]
  if (seconds !== undefined) response.setHeader('Retry-After', String(seconds))
  if (error.code === 'token_missing' || error.code === 'token_unknown') response.setHeader('WWW-Authenticate', 'Bearer')
  if (!request.complete) {
    response.setHeader('Connection', 'close')
    request.resume()
    const cut = setTimeout(() => request.destroy(), LINGER_MS)
    cut.unref()
    request.once('close', () => clearTimeout(cut))
  }
  sendIngestError(response, error.code, error.message, facts)
}

function findRoute(pathname: string): Route {
  const [, runs, id, action, more] = pathname.slice(API_PATH.length).split('/')
  if (runs === 'runs' && more === undefined) {
    if (!id && action === undefined) return { operation: 'open', method: 'POST', runId: '' }
    if (id && action === undefined) return { operation: 'patch', method: 'PATCH', runId: decoded(id) }
    const operation = id && action && Object.hasOwn(UNDER_RUN, action) ? UNDER_RUN[action] : undefined
    if (operation) return { operation, method: 'POST', runId: decoded(id!) }
  }
  throw new LossboardError(
    'not_found',
    `nothing at ${pathname.slice(0, 100)}: there is /api/v1, /api/v1/runs, /api/v1/runs/ID and below it batches, heartbeat and finish`,
  )
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

function wrongMethod(pathname: string, method: string): LossboardError {
  return new LossboardError('method_not_allowed', `${pathname.slice(0, 100)} is used with ${method}`)
}

/**
 * Only these types carry a body: a form or a script of another site cannot send them without asking first, and this server never
 * grants such a question.
 */
function bodyForm(request: IncomingMessage, operation: Operation): { binary: boolean; gzip: boolean } {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const binary = operation === 'batch' && type === BATCH_TYPE
  if (!binary && type !== 'application/json')
    throw new LossboardError(
      'unsupported_media_type',
      `Content-Type must be application/json${operation === 'batch' ? ` or ${BATCH_TYPE}` : ''}, not ${JSON.stringify(type.slice(0, 100))}`,
    )
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new LossboardError('unsupported_media_type', `Content-Encoding must be gzip or left out, not ${JSON.stringify(encoding.slice(0, 100))}`)
  return { binary, gzip: encoding === 'gzip' }
}

function clockHeaders(request: IncomingMessage): { sentAt: number | null; adjustClock: boolean } {
  const sent = request.headers[SENT_AT_HEADER]
  const clock = request.headers[CLOCK_HEADER]
  const sentAt = sent === undefined || sent === '' ? null : Number(sent)
  if (sentAt !== null && !Number.isFinite(sentAt))
    throw new LossboardError(
      'invalid_argument',
      `Lossboard-Sent-At must be milliseconds since 1970, got ${JSON.stringify(String(sent).slice(0, 40))}`,
    )
  if (clock !== undefined && clock !== 'adjust')
    throw new LossboardError('invalid_argument', `Lossboard-Clock must be "adjust" or left out, got ${JSON.stringify(String(clock).slice(0, 40))}`)
  return { sentAt, adjustClock: clock === 'adjust' }
}
