import { SILENT_MS } from '../../core/as-shown.ts'
import { VERSION } from '../../core/version.ts'
import type { Store } from '../../db/store.ts'
import type { CellOutcome } from './run-cells.ts'
import type { Cell } from './study-cells.ts'

/** A cell's run: what is needed to make it. */
export interface CellRun extends Cell {
  runId: string
  studyId: string
  studyName: string
  project: string
  /** Path of the store. */
  location: string
}

/** How a try ended, as far as whoever started it can tell. */
export interface CellEnd {
  status: 'finished' | 'failed' | 'interrupted'
  reason: string | null
}

/** Brings a run and what is known of its end together. The run's own word counts; what it could not say is written down for it. */
export async function settleCell(store: Store, cell: CellRun, end: CellEnd, startedAt: number): Promise<CellOutcome> {
  await store.markCrashed(Date.now(), SILENT_MS)
  const endedAt = Date.now()
  const outcome = { cell, runId: cell.runId, seconds: (endedAt - startedAt) / 1000 }
  const run = await store.run(cell.runId)
  if (!run) {
    if (end.status === 'interrupted') return { ...outcome, ...end, runId: null }
    const reason = end.reason ?? 'it ended without logging a run: call init() in it'
    await recordFailure(store, cell, reason, startedAt, endedAt)
    return { ...outcome, status: 'failed', reason }
  }
  // Interrupted from outside, by its timeout say: the run knows the signal alone. Interrupted by us, it is as it says.
  const saidNothing = run.status === 'running' || run.status === 'crashed'
  const knowsLess = run.status === 'interrupted' && end.status === 'failed'
  const { status, statusReason } = saidNothing || knowsLess ? await store.endRun(run.id, { ...end, endedAt }) : run
  // What its process did after the run was finished does not undo it.
  if (status === 'finished') return { ...outcome, status, reason: end.status === 'finished' ? null : end.reason }
  const interrupted = status === 'interrupted' || end.status === 'interrupted'
  return { ...outcome, status: interrupted ? 'interrupted' : 'failed', reason: statusReason ?? end.reason }
}

/** A cell that failed before it logged anything is shown too. */
async function recordFailure(store: Store, cell: CellRun, reason: string, startedAt: number, endedAt: number): Promise<void> {
  const writer = await store.createRun({
    id: cell.runId,
    project: cell.project,
    name: null,
    group: cell.variant.label,
    jobType: 'ablation',
    tags: cellTags(cell),
    notes: '',
    startedAt,
    config: cell.config,
    environment: {},
    seed: cell.seed,
    parentId: null,
    forkStep: null,
    writerVersion: VERSION,
    study: { id: cell.studyId, variant: cell.variant.key, seed: cell.seed },
  })
  writer.flush({ patch: { status: 'failed', statusReason: reason, endedAt } })
  writer.close()
}

export function cellTags({ studyName }: CellRun): string[] {
  return [`study:${studyName}`]
}
