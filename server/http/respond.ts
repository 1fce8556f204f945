import type { ServerResponse } from 'node:http'
import { ERRORS, type ErrorCode, type ErrorFacts } from '../../core/errors.ts'
import { DATA_POLICY } from './security-headers.ts'

/** Sends a whole short answer that nothing may run from. */
function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Security-Policy', DATA_POLICY)
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`)
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value))
}

const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

/** An error of the API in the shape tRPC's client reads, so that a refused call shows its reason in the page. */
export function sendApiError(response: ServerResponse, status: number, message: string): void {
  const code = CODES[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR')
  sendJson(response, status, { error: { message, code: -32000 - (status % 100), data: { code, httpStatus: status, reason: null } } })
}

/** An error under `/api/v1`: code, one line, status, and what a program may act on. */
export function sendIngestError(response: ServerResponse, code: ErrorCode | 'internal', message: string, facts: ErrorFacts = {}): void {
  const status = code === 'internal' ? 500 : ERRORS[code].http
  sendJson(response, status, { error: { code, message, status, ...facts } })
}
