import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../context.ts'
import { logError } from '../log-error.ts'
import { isAuthorised, tokenLogin } from './access-token.ts'
import { apiRoutes, healthRoute } from './api-routes.ts'
import type { Pages } from './pages.ts'
import { checkBody, checkHost, checkSameOrigin, type GuardOptions, type Refusal } from './request-guard.ts'
import { sendApiError, sendText } from './respond.ts'
import { newNonce, pagePolicy, setCommonHeaders } from './security-headers.ts'

export interface HandlerOptions extends GuardOptions {
  context: Context
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

  if (options.token !== null) {
    const login = request.method === 'GET' && !isApi ? tokenLogin(url, options.token, options.port()) : null
    if (login?.cookie) {
      response.writeHead(303, { Location: login.location, 'Set-Cookie': login.cookie, 'Cache-Control': 'no-store' }).end()
      return
    }
    if (!isAuthorised(request, options.token, options.port())) {
      const what = login ? 'this token is wrong' : 'this dashboard needs its token'
      return refuse(401, `${what}: open the address with ?token=… that the command printed`)
    }
  }
  const refusal = checkRequest(request, isApi, options.dev && url.pathname.startsWith('/__nextjs'))
  if (refusal) return refuse(refusal.status, refusal.message)
  if (isApi) return apiRoutes(request, response, url, options.context)
  await renderPage(request, response, options)
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
    logError(`rendering ${request.url} failed`, error)
    if (response.headersSent) response.destroy()
    else sendText(response, 500, 'this page could not be rendered: the console of the server says why')
  }
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
