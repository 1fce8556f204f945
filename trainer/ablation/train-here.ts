import type { JsonObject } from '../../core/run.ts'
import { formatError } from '../format-error.ts'
import { startRun } from '../init.ts'
import type { Run } from '../run.ts'
import type { CellEnd, CellRun } from './settle-cell.ts'
import { cellTags } from './settle-cell.ts'

/** What trains one cell. Returning is success, throwing failure; the run need not be finished. */
export type TrainCell<Config extends object = object> = (config: Config & { seed: number }, run: Run, cell: CellInfo) => unknown

export interface CellInfo {
  /** Label of the variant. */
  variant: string
  seed: number
}

/** Trains a cell in this process. */
export async function trainHere(cell: CellRun, train: TrainCell, goals: ReadonlyMap<string, 'min' | 'max'>): Promise<CellEnd> {
  let run: Run<JsonObject>
  try {
    run = startRun<JsonObject>(
      {
        id: cell.runId,
        dir: cell.location,
        project: cell.project,
        group: cell.variant.label,
        jobType: 'ablation',
        tags: cellTags(cell),
        config: cell.config,
        seed: cell.seed,
        resume: 'never',
        study: { id: cell.studyId, variant: cell.variant.key, seed: cell.seed },
        quiet: true,
      },
      true,
    )
  } catch (error) {
    return { status: 'failed', reason: formatError(error) }
  }
  for (const [metric, goal] of goals) run.defineMetric(metric, { goal })
  try {
    // A copy: what the training changes in it is its own affair.
    await train(structuredClone(cell.config) as { seed: number }, run as unknown as Run, { variant: cell.variant.label, seed: cell.seed })
    await run.finish()
    return { status: run.isInterrupted ? 'interrupted' : 'finished', reason: null }
  } catch (error) {
    const end: CellEnd = { status: run.isInterrupted ? 'interrupted' : 'failed', reason: formatError(error) }
    await run.finish(run.isInterrupted ? {} : { status: 'failed', ...(end.reason && { reason: end.reason }) })
    return end
  }
}
