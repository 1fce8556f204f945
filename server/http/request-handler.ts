import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLossboardError } from '../../core/errors.ts'
import type { Context } from '../context.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { logError } from '../log-error.ts'
import { type Access, accessByCookie, accessByToken, bearer, cookieOfToken } from './access.ts'
import { cookieHeader, tokenLogin } from './access-token.ts'
import { apiRoutes, healthRoute } from './api-routes.ts'
import { ingestRoutes, isIngestPath } from './ingest-routes.ts'
import type { Pages } from './pages.ts'
import { checkBody, checkHost, checkSameOrigin, type GuardOptions, type Refusal } from './request-guard.ts'
import { sendApiError, sendText } from './respond.ts'
import { newNonce, pagePolicy, setCommonHeaders } from './security-headers.ts'

export interface HandlerOptions extends GuardOptions {
  context: Context
  /** Takes what is logged over HTTP; null: this server does not. */
  ingest: Ingest | null
  /** Resolves when pages can be rendered; null: this server has only the API. */
  pages: Promise<Pages> | null
  dev: boolean
  token: string | null
  /** Known after listening. */
  port: () => number
}

/** One request, in this order: host → (health) → token → same origin and body → API or pages. */
export async function handleRequest(request: IncomingMessage, response: ServerResponse, options: HandlerOptions): Promise<void> {
  setCommonHeaders(response)
  const wrongHost = checkHost(request.headers, options)
  if (wrongHost) return sendText(response, wrongHost.status, wrongHost.message)
  const url = parseUrl(request)
  if (!url) return sendText(response, 400, 'this address cannot be read')
  if (url.pathname === '/api/health') return healthRoute(response, options.context.version)
  const isApi = url.pathname === '/api' || url.pathname.startsWith('/api/')
  const refuse = (status: number, message: string) => (isApi ? sendApiError : sendText)(response, status, message)

  if (isIngestPath(url.pathname)) return ingestRoutes(request, response, url, options)
  let context = options.context
  if (options.token !== null) {
    const login = request.method === 'GET' && !isApi ? tokenLogin(url) : null
    const access = await dashboardAccess(request, login?.token ?? null, options)
    if (typeof access === 'string') return refuse(401, access)
    if (login) {
      const cookie = cookieHeader(options.port(), cookieOfToken(login.token, options.token))
      response.writeHead(303, { Location: login.location, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' }).end()
      return
    }
    context = { ...context, readsOnly: access.scope === 'read' }
  }
  const refusal = checkRequest(request, isApi, options.dev && url.pathname.startsWith('/__nextjs'))
  if (refusal) return refuse(refusal.status, refusal.message)
  if (isApi) return apiRoutes(request, response, url, context)
  await renderPage(request, response, options)
}

/** What the request may do with the dashboard, or why it may not. A token in the address counts before the cookie of an earlier one. */
async function dashboardAccess(request: IncomingMessage, given: string | null, options: HandlerOptions): Promise<Access | string> {
  const how = 'open the address with ?token=… that the command printed'
  const access = { store: options.context.store, serverToken: options.token, port: options.port }
  try {
    const text = given ?? bearer(request)
    const found = text === null ? await accessByCookie(request, access) : await accessByToken(text, access)
    if (found === null) return `this dashboard needs its token: ${how}`
    if (found.scope === 'write') return `the token "${found.token?.name}" is for writing only, and does not open the dashboard: ${how}`
    return found
  } catch (error) {
    if (!isLossboardError(error)) throw error
    return given === null ? `${error.message}; or ${how}` : `this token is wrong: ${error.message}`
  }
}

/**
 * Data and anything that is not a plain read: only from our own pages. A page itself may be linked from anywhere.
 * Next's development overlay (`devTool`) posts JSON without saying so.
 */
function checkRequest(request: IncomingMessage, isApi: boolean, devTool: boolean): Refusal | null {
  const method = request.method ?? 'GET'
  if (!isApi && (method === 'GET' || method === 'HEAD')) return null
  return checkSameOrigin(request.headers) ?? (devTool ? null : checkBody(method, request.headers))
}

async function renderPage(request: IncomingMessage, response: ServerResponse, options: HandlerOptions): Promise<void> {
  if (!options.pages) return sendText(response, 404, 'this server has no pages, only /api')
  const policy = pagePolicy(newNonce(), options.dev)
  response.setHeader('Content-Security-Policy', policy)
  // Next reads the nonce for its script tags from the request; one that a client sent never gets there.
  request.headers['content-security-policy'] = policy
  delete request.headers['content-security-policy-report-only']
  try {
    await (await options.pages).handle(request, response)
  } catch (error) {
    logError(`rendering ${shownPath(request)} failed`, error)
    if (response.headersSent) response.destroy()
    else sendText(response, 500, 'this page could not be rendered: the console of the server says why')
  }
}

/** The address for the log: without its query, which may hold a token. */
export function shownPath(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0]!
}

/** The base only completes the path: the host has been checked already and is not used. */
function parseUrl(request: IncomingMessage): URL | null {
  const target = request.url ?? '/'
  if (!target.startsWith('/')) return null
  try {
    return new URL(`http://localhost${target}`)
  } catch {
    return null
  }
}
