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
  const chunks: Buffer[] = []
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
      length += chunk.length
      if (length > limit) return give(tooLarge(limit))
      try {
        if (length > announced) place.grow(length)
      } catch (error) {
        return give(error as Error)
      }
      chunks.push(chunk)
    }
    request.on('data', take)
    request.once('end', resolve)
    request.once('close', () => give(new ClientGone()))
    request.once('error', () => give(new ClientGone()))
    const done = () => clearTimeout(timer)
    request.once('end', done)
    request.once('close', done)
  })
  const body = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}

function tooLarge(limit: number): LossboardError {
  return new LossboardError('too_large', `the body is larger than ${limit} bytes: send smaller batches`, { facts: { limit } })
}
