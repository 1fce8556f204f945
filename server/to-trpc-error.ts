import { TRPCError } from '@trpc/server'
import { ERRORS, isLossboardError } from '../core/errors.ts'
import { logError } from './log-error.ts'

const BY_STATUS: Record<number, TRPCError['code']> = {
  400: 'BAD_REQUEST',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  422: 'UNPROCESSABLE_CONTENT',
  503: 'SERVICE_UNAVAILABLE',
}

/** One mapping for procedures and streams: the message of an expected failure reaches the client, that of a defect only the log. */
export function toTrpcError(error: unknown, path: string): TRPCError {
  const cause = error instanceof TRPCError && error.cause !== undefined ? error.cause : error
  if (isLossboardError(cause)) {
    return new TRPCError({ code: BY_STATUS[ERRORS[cause.code].http] ?? 'INTERNAL_SERVER_ERROR', message: cause.message, cause })
  }
  if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error
  logError(`${path} failed`, cause)
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: `${path} failed inside the server: its console says why` })
}
