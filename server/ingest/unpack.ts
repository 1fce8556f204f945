import { gunzipSync } from 'node:zlib'
import { LossboardError } from '../../core/errors.ts'
import type { IngestPlan, IngestTask } from './ingest-messages.ts'

/** The body as the client made it. A small body that unpacks to gigabytes is stopped at the limit. Throws `too_large`, `malformed_batch`. */
export function unpack({ body, gzip }: IngestTask, { limits }: IngestPlan): Uint8Array {
  if (!gzip) return body
  const limit = limits.inflatedBytes
  try {
    return gunzipSync(body, { maxOutputLength: limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new LossboardError('too_large', `the body unpacks to more than ${limit} bytes: send smaller batches`, { facts: { limit } })
    throw new LossboardError('malformed_batch', `the body is no whole gzip file: ${error instanceof Error ? error.message : error}`)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The body as JSON, which must be an object. Throws `malformed_batch` naming the place. */
export function readJson(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch (error) {
    const what = error instanceof SyntaxError ? error.message : 'it is not UTF-8'
    throw new LossboardError('malformed_batch', `the body is no JSON: ${what}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LossboardError('malformed_batch', 'the body must be a JSON object')
  return value as Record<string, unknown>
}
