import type { Study } from '../../core/ablation/study.ts'
import type { RunStatus } from '../../core/run.ts'
import { randomId } from '../../db/random-id.ts'
import type { Store } from '../../db/store.ts'
import { formatError } from '../format-error.ts'
import { openStudy } from './open-study.ts'
import type { StudyPlan } from './plan-study.ts'
import { type CellOutcome, runCells } from './run-cells.ts'
import { type CellEnd, type CellRun, settleCell } from './settle-cell.ts'
import { type Cell, type CellState, readCells, studyCells } from './study-cells.ts'
import { StudyTalk } from './study-talk.ts'

export interface CellResult {
  /** Label of the variant. */
  variant: string
  seed: number
  /** `missing`: no run yet. */
  status: RunStatus | 'missing'
  /** Of the run that counts, or null. */
  runId: string | null
  reason: string | null
}

export interface AblationResult {
  /** With all its runs. */
  study: Study
  /** Every cell, seed by seed. */
  cells: CellResult[]
  /** True after Ctrl-C: the rest is run by the next call. */
  interrupted: boolean
}

export interface StudyRunner {
  /** Trains one cell. Must not throw. */
  train(cell: CellRun): Promise<CellEnd>
  isStopped(): boolean
  say(line: string): void
}

/** Runs every cell of a study that has no finished run. */
export async function runStudy(store: Store, plan: StudyPlan, runner: StudyRunner): Promise<AblationResult> {
  const { definition, location, parallel, retries } = plan
  const study = await openStudy(store, plan, (line) => runner.say(`study ${definition.name}: ${line}`))
  const cells = studyCells(definition)
  const states = await readCells(store, study, cells)
  const toRun = states.filter(({ status }) => status !== 'finished' && status !== 'running').map(({ cell }) => cell)
  const metrics = definition.metrics.map(({ name }) => name)
  const talk = new StudyTalk((line) => runner.say(line), metrics, cells.length, parallel)
  talk.begin(study, states, toRun.length)

  async function tryCell(cell: Cell): Promise<CellOutcome> {
    const startedAt = Date.now()
    try {
      // Somebody else may run the same study: what was taken since is left to them.
      const [now] = await readCells(store, await store.study(study.id), [cell])
      if (now?.status === 'running' || now?.status === 'finished')
        return { cell, status: 'taken', runId: now.run?.id ?? null, reason: null, seconds: 0 }
      if (parallel > 1) talk.cellStarted(cell)
      const run: CellRun = { ...cell, runId: randomId(), studyId: study.id, studyName: study.name, project: study.project, location }
      return await settleCell(store, run, await runner.train(run), startedAt)
    } catch (error) {
      return { cell, status: 'failed', runId: null, reason: formatError(error), seconds: (Date.now() - startedAt) / 1000 }
    }
  }

  const outcomes = await runCells(toRun, {
    parallel,
    retries,
    tryCell,
    isStopped: runner.isStopped,
    onEnd: async (outcome, left, willRetry) => talk.cellEnded(outcome, await seriesOf(store, outcome), left, willRetry),
  })
  const after = await store.study(study.id)
  const final = await readCells(store, after, cells)
  const interrupted = outcomes.some(({ status }) => status === 'interrupted') || runner.isStopped()
  talk.end(after, final, interrupted)
  return { study: after, cells: final.map(toResult), interrupted }
}

async function seriesOf(store: Store, { status, runId }: CellOutcome) {
  try {
    return status === 'finished' && runId ? await store.series(runId) : []
  } catch {
    // Only for a line on the screen.
    return []
  }
}

export function toResult({ cell, status, run }: CellState): CellResult {
  return { variant: cell.variant.label, seed: cell.seed, status, runId: run?.id ?? null, reason: run?.statusReason ?? null }
}
