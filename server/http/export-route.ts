import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Store } from '../../db/store.ts'
import { exportRuns } from '../export/export-run.ts'
import { exportFormat } from '../export/registry.ts'
import { logError } from '../log-error.ts'
import { sendApiError } from './respond.ts'
import { DATA_POLICY } from './security-headers.ts'

/**
 * `GET /api/export?run=ID[&run=ID…]&format=csv|jsonl|parquet|tfevents[&all=1][&blobs=1][&metric=NAME…]`: the file is made while it is read; a slow
 * reader slows it down.
 */
export async function exportRoute(response: ServerResponse, store: Store, query: URLSearchParams): Promise<void> {
  const references = query.getAll('run').filter((reference) => reference !== '')
  if (references.length === 0) return sendApiError(response, 400, 'say which run: /api/export?run=ID&format=csv')
  const format = exportFormat(query.get('format') ?? 'csv')
  const metrics = query.getAll('metric')
  const runs = []
  for (const reference of references) runs.push(await store.findRun(reference))
  const [first] = runs
  const options = {
    format: format.id,
    all: query.get('all') === '1',
    blobs: query.get('blobs') === '1',
    metrics: metrics.length > 0 ? metrics : undefined,
  }
  const chunks = exportRuns(store, runs, options)
  const iterator = chunks[Symbol.asyncIterator]()
  // The first piece is made before the headers go out, so that a bad request still gets its status.
  const begin = await iterator.next()
  const name = runs.length === 1 ? first!.name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 100) : `${runs.length}-runs`
  const file = format.fileName(name, runs.length === 1 ? first! : null)
  response.setHeader('Content-Type', format.contentType)
  response.setHeader('Content-Disposition', `attachment; filename="${file}"`)
  response.setHeader('Content-Security-Policy', DATA_POLICY)
  response.setHeader('Cache-Control', 'no-store')
  if (response.req.method === 'HEAD') {
    await iterator.return?.(undefined)
    return void response.end()
  }
  async function* rest() {
    if (!begin.done) yield begin.value
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  try {
    await pipeline(Readable.from(rest(), { objectMode: true, highWaterMark: 2 }), response)
  } catch (error) {
    // Headers are out: cutting the connection is the only honest sign that the file is not whole.
    response.destroy()
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE')
      logError(`export of ${runs.map(({ id }) => id).join(', ')} broke off`, error)
  }
}
