import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Store } from '../../db/store.ts'
import { exportRun } from '../export/export-run.ts'
import { exportFormat } from '../export/registry.ts'
import { logError } from '../log-error.ts'
import { sendApiError } from './respond.ts'
import { DATA_POLICY } from './security-headers.ts'

/** `GET /api/export?run=ID&format=csv|jsonl[&all=1][&metric=NAME…]`: the file is made while it is read; a slow reader slows it down. */
export async function exportRoute(response: ServerResponse, store: Store, query: URLSearchParams): Promise<void> {
  const reference = query.get('run')
  if (!reference) return sendApiError(response, 400, 'say which run: /api/export?run=ID&format=csv')
  const format = exportFormat(query.get('format') ?? 'csv')
  const metrics = query.getAll('metric')
  const run = await store.findRun(reference)
  const chunks = exportRun(store, run.id, { format: format.id, all: query.get('all') === '1', metrics: metrics.length > 0 ? metrics : undefined })
  const iterator = chunks[Symbol.asyncIterator]()
  // The first piece is made before the headers go out, so that a bad request still gets its status.
  const first = await iterator.next()
  const file = `${run.name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 100)}.${format.extension}`
  response.setHeader('Content-Type', format.contentType)
  response.setHeader('Content-Disposition', `attachment; filename="${file}"`)
  response.setHeader('Content-Security-Policy', DATA_POLICY)
  response.setHeader('Cache-Control', 'no-store')
  if (response.req.method === 'HEAD') {
    await iterator.return?.(undefined)
    return void response.end()
  }
  async function* rest() {
    if (!first.done) yield first.value
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  try {
    await pipeline(Readable.from(rest(), { objectMode: true, highWaterMark: 2 }), response)
  } catch (error) {
    // Headers are out: cutting the connection is the only honest sign that the file is not whole.
    response.destroy()
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') logError(`export of ${run.id} broke off`, error)
  }
}
