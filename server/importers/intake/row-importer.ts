import { existsSync } from 'node:fs'
import { LossboardError } from '../../../core/errors.ts'
import type { ImportProgress } from '../../../core/import-report.ts'
import { openStore } from '../../../db/open.ts'
import type { FoundSource, Importer, ImportRequest } from '../importer.ts'
import type { ImportListeners, RunningImport } from '../tfevents/start-import.ts'
import { importRows } from './import-rows.ts'
import type { SourceReader } from './source-reader.ts'

const PROGRESS_EVERY_MS = 100

/** Makes an importer of a reader. */
export function rowImporter(reader: SourceReader): Importer {
  return {
    kind: reader.kind,
    title: reader.title,
    async detect(path): Promise<FoundSource | null> {
      const files = await reader.find(path)
      return files.length > 0 ? { what: reader.describe(files.length) } : null
    },
    start: (request, listeners) => start(reader, request, listeners),
  }
}

function start(reader: SourceReader, request: ImportRequest, { onProgress, onReport }: ImportListeners = {}): RunningImport {
  if (request.follow)
    throw new LossboardError('invalid_option', `--watch follows TensorBoard event files only: import ${reader.title} again when they have grown`)
  const stopped = new AbortController()
  let told = 0
  const first = run(reader, request, stopped.signal, (progress) => {
    if (performance.now() - told < PROGRESS_EVERY_MS) return
    told = performance.now()
    onProgress?.({ ...progress })
  })
  const ended = first.then((report) => onReport?.(report))
  ended.catch(() => {})
  return {
    first,
    ended,
    async stop() {
      stopped.abort(
        new LossboardError('invalid_argument', 'the import was stopped before it had read everything: importing again goes on from there'),
      )
      await ended.catch(() => {})
    },
  }
}

async function run(reader: SourceReader, request: ImportRequest, signal: AbortSignal, onProgress: (progress: ImportProgress) => void) {
  const isThere = existsSync(request.storeFile)
  const store = request.dryRun
    ? isThere
      ? await openStore(request.storeFile, { mode: 'read' })
      : null
    : await openStore(request.storeFile, { mode: 'create' })
  try {
    return await importRows(reader, request, { store, signal, onProgress })
  } finally {
    await store?.close()
  }
}
