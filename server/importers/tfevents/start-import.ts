import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { LossboardError } from '../../../core/errors.ts'
import type { ImportProgress, ImportReport } from '../../../core/import-report.ts'
import type { FromImport, ImportTask, ToImport } from './import-messages.ts'

export interface ImportListeners {
  onProgress?: (progress: ImportProgress) => void
  onReport?: (report: ImportReport) => void
}

export interface RunningImport {
  /** Report of the first pass; rejects with what stopped it. */
  first: Promise<ImportReport>
  /** Ends when the import has ended: by itself, by `stop`, or with what went wrong. */
  ended: Promise<void>
  /** What was stored stays, and importing again goes on from there. */
  stop(): Promise<void>
}

/** Starts an import in a thread of its own. */
export function startImport(task: ImportTask, { onProgress, onReport }: ImportListeners = {}): RunningImport {
  const worker = makeWorker(task)
  let failure: Error | null = null
  let report: ImportReport | null = null
  let settle: () => void = () => {}
  const firstSettled = new Promise<void>((resolve) => (settle = resolve))
  worker.on('message', (message: FromImport) => {
    if (message.type === 'progress') onProgress?.(message.progress)
    else if (message.type === 'report') {
      report ??= message.report
      onReport?.(message.report)
      settle()
    } else failure = message.code === null ? new Error(message.message) : new LossboardError(message.code, message.message)
  })
  worker.on('error', (error) => (failure ??= error as Error))
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve())).then(() => {
    settle()
    if (failure) throw failure
  })
  ended.catch(() => {})
  const first = firstSettled.then(() => {
    if (report) return report
    throw (
      failure ?? new LossboardError('invalid_argument', 'the import was stopped before it had read everything: importing again goes on from there')
    )
  })
  first.catch(() => {})
  return {
    first,
    ended,
    async stop() {
      worker.postMessage('stop' satisfies ToImport)
      await ended.catch(() => {})
    },
  }
}

/** The built file beside this one in the package; the source, through tsx, in a checkout. */
function makeWorker(task: ImportTask): Worker {
  const options: WorkerOptions = { workerData: task, execArgv: [], name: 'lossboard import' }
  const built = new URL('./import-worker.js', import.meta.url)
  return existsSync(built) ? new Worker(built, options) : new Worker(sourceLoader(), { ...options, eval: true })
}

function sourceLoader(): string {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('tsx/package.json')
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: { './esm/api': { import: { default: string } } } }
  const api = pathToFileURL(join(dirname(manifest), exports['./esm/api'].import.default)).href
  const source = new URL('./import-worker.ts', import.meta.url).href
  return `import(${JSON.stringify(api)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
}
