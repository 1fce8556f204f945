import type { RunStatus } from '../../core/run.ts'
import type { Cell } from './study-cells.ts'

/** What came of one try at a cell. */
export interface CellOutcome {
  cell: Cell
  /** `taken`: another process runs it. */
  status: Extract<RunStatus, 'finished' | 'failed' | 'interrupted'> | 'taken'
  runId: string | null
  /** Why it did not finish, one line. */
  reason: string | null
  seconds: number
}

export interface RunCellsOptions {
  parallel: number
  /** Further tries of a failed cell, after all others. */
  retries: number
  /** One try. Must not throw. */
  tryCell(cell: Cell): Promise<CellOutcome>
  /** True once nothing more is to be started. */
  isStopped(): boolean
  /** `left`: cells that still have to be run, this one not among them. */
  onEnd(outcome: CellOutcome, left: number, willRetry: boolean): Promise<void>
}

/** Runs cells in their order, `parallel` at a time, failed ones again at the end. Returns the last outcome of each that was tried. */
export async function runCells(cells: readonly Cell[], options: RunCellsOptions): Promise<CellOutcome[]> {
  const queue = cells.map((cell) => ({ cell, tries: 0 }))
  const outcomes = new Map<Cell, CellOutcome>()
  let running = 0
  let stopped = false
  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      running++
      const outcome = await options.tryCell(next.cell)
      running--
      outcomes.set(next.cell, outcome)
      stopped ||= outcome.status === 'interrupted' || options.isStopped()
      const willRetry = outcome.status === 'failed' && next.tries < options.retries && !stopped
      if (willRetry) queue.push({ cell: next.cell, tries: next.tries + 1 })
      await options.onEnd(outcome, queue.length + running, willRetry)
      if (stopped) return
    }
  }
  // A failed cell may come back into the queue after a worker found it empty: whoever put it there goes on with it.
  await Promise.all(Array.from({ length: Math.min(options.parallel, cells.length) }, work))
  return [...outcomes.values()]
}
