import type { IncomingMessage } from 'node:http'
import { LossboardError } from '../../core/errors.ts'
import type { Place } from '../ingest/ingest.ts'
import type { IngestLimits } from '../ingest/limits.ts'

/** The client went away before it had sent everything: there is nobody to answer. */
export class ClientGone extends Error {}

/**
 * The whole body, in memory of its own. `place` makes room for it as it comes. Throws `too_large` (at once when the length is announced),
 * `request_timeout` when nothing comes for a while, `server_busy`, `ClientGone`.
 */
export async function readBody(request: IncomingMessage, place: Place, limits: IngestLimits): Promise<Uint8Array> {
  const limit = limits.bodyBytes
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) throw tooLarge(limit)
  place.grow(announced)
  // Of the announced length at once: a list of chunks to be joined later would be garbage of the same size.
  let body = new Uint8Array(announced)
  let length = 0
  await new Promise<void>((resolve, reject) => {
    const give = (error: Error) => {
      request.off('data', take)
      reject(error)
    }
    const stalled = () =>
      give(new LossboardError('request_timeout', `nothing of the body came for ${limits.stalledMs / 1000} s; ${length} bytes had come before`))
    let timer = setTimeout(stalled, limits.stalledMs)
    const take = (chunk: Buffer) => {
      clearTimeout(timer)
      timer = setTimeout(stalled, limits.stalledMs)
      const end = length + chunk.length
      if (end > limit) return give(tooLarge(limit))
      try {
        if (end > body.length) body = grown(body, Math.min(limit, Math.max(end, body.length * 2)), place)
      } catch (error) {
        return give(error as Error)
      }
      body.set(chunk, length)
      length = end
    }
    request.on('data', take)
    request.once('end', resolve)
    request.once('close', () => give(new ClientGone()))
    request.once('error', () => give(new ClientGone()))
    const done = () => clearTimeout(timer)
    request.once('end', done)
    request.once('close', done)
  })
  return length === body.length ? body : body.slice(0, length)
}

/** Room for a body whose length was not announced. */
function grown(body: Uint8Array, length: number, place: Place): Uint8Array<ArrayBuffer> {
  place.grow(length)
  const next = new Uint8Array(length)
  next.set(body)
  return next
}

function tooLarge(limit: number): LossboardError {
  return new LossboardError('too_large', `the body is larger than ${limit} bytes: send smaller batches`, { facts: { limit } })
}
