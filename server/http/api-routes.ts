import type { IncomingMessage, ServerResponse } from 'node:http'
import { ERRORS, isLossboardError } from '../../core/errors.ts'
import type { Context } from '../context.ts'
import { logError } from '../log-error.ts'
import { blobRoute } from './blob-route.ts'
import { docsRoute } from './docs-route.ts'
import { exportRoute } from './export-route.ts'
import { sendApiError, sendJson } from './respond.ts'
import { tableRoute } from './table-route.ts'
import { trpcRoute } from './trpc-route.ts'

const TRPC = '/api/trpc/'
const BLOB = '/api/blob/'
const DOCS = '/api/docs/'

/** Everything under `/api/`, after the checks. */
export async function apiRoutes(request: IncomingMessage, response: ServerResponse, url: URL, context: Context): Promise<void> {
  try {
    const { pathname } = url
    if (pathname.startsWith(TRPC)) return await trpcRoute(request, response, context, pathname.slice(TRPC.length))
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendApiError(response, 405, `${pathname} is read with GET`)
    if (pathname.startsWith(BLOB)) return await blobRoute(response, context.store, pathname.slice(BLOB.length))
    if (pathname.startsWith(DOCS)) return docsRoute(response, pathname.slice(DOCS.length))
    if (pathname === '/api/export') return await exportRoute(response, context.store, url.searchParams)
    if (pathname === '/api/table') return await tableRoute(response, context.store, url.searchParams)
    sendApiError(response, 404, `nothing at ${pathname.slice(0, 100)}`)
  } catch (error) {
    if (response.headersSent) return void response.destroy()
    if (isLossboardError(error)) return sendApiError(response, ERRORS[error.code].http, error.message)
    logError(`${request.method} ${url.pathname} failed`, error)
    sendApiError(response, 500, 'failed inside the server: its console says why')
  }
}

/** `GET /api/health`: that it serves, and which version. Open without a token: says nothing about the data. */
export function healthRoute(response: ServerResponse, version: string): void {
  sendJson(response, 200, { ok: true, name: 'lossboard', version })
}
