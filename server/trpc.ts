import { initTRPC } from '@trpc/server'
import { ZodError } from 'zod'
import { isLossboardError, LossboardError } from '../core/errors.ts'
import type { Context } from './context.ts'
import { toTrpcError } from './to-trpc-error.ts'
import { validationMessage } from './validation-message.ts'

const t = initTRPC.context<Context>().create({
  // Never send a stack to a client, whatever NODE_ENV says.
  isDev: false,
  // Pings keep the stream open through idle time and let the client notice a dead server within `reconnectAfterInactivityMs`.
  sse: { ping: { enabled: true, intervalMs: 2000 }, client: { reconnectAfterInactivityMs: 6000 } },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.cause instanceof ZodError ? validationMessage(error.cause) : shape.message,
    data: { ...shape.data, reason: isLossboardError(error.cause) ? error.cause.code : null },
  }),
})

/** Turns expected failures into their tRPC code; anything else into an error that tells the client nothing but where to look. */
const mapErrors = t.middleware(async ({ next, path }) => {
  const result = await next()
  if (!result.ok) throw toTrpcError(result.error, path)
  return result
})

/** A `read` token sees everything and changes nothing. */
const checkScope = t.middleware(async ({ next, ctx, type, path }) => {
  if (type !== 'mutation' || !ctx.readsOnly) return next()
  throw toTrpcError(new LossboardError('token_scope', 'this token may only read: changes need one of scope admin'), path)
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory
export const procedure = t.procedure.use(mapErrors).use(checkScope)
