import { LossboardError } from '../../../core/errors.ts'
import type { ImportProgress, ImportReport } from '../../../core/import-report.ts'
import { startThread } from '../../start-thread.ts'
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
  const worker = startThread('import-worker', import.meta.url, { workerData: task, name: 'lossboard import' })
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
