import { LossboardError } from '../../core/errors.ts'
import { openStore } from '../../db/open.ts'
import { warn } from '../warn.ts'
import { goalsOf, obeyOrder, orderOfThisProcess, trainInChild } from './child-cell.ts'
import type { StudyPlan } from './plan-study.ts'
import { type AblationResult, runStudy, type StudyRunner, toResult } from './run-study.ts'
import type { CellEnd, CellRun } from './settle-cell.ts'
import { StopOnSignal } from './stop-on-signal.ts'
import { readCells, studyCells } from './study-cells.ts'
import { type TrainCell, trainHere } from './train-here.ts'

/** Runs a planned study with a function: here, or in child processes. */
export async function runPlan(plan: StudyPlan, train: TrainCell, onLine?: (cell: CellRun, line: string) => void): Promise<AblationResult> {
  if (process.env.LOSSBOARD_MODE === 'disabled')
    throw new LossboardError('invalid_option', 'ablate: LOSSBOARD_MODE is "disabled", but a study lives of its runs: unset it')
  const order = orderOfThisProcess()
  if (order) {
    await obeyOrder(order, plan, train)
    return readStudy(plan)
  }
  return inChildren(plan)
    ? trainAll(plan, (stops) => (cell) => trainInChild(cell, plan, stops, (line) => onLine?.(cell, line)))
    : trainAllHere(plan, train)
}

function inChildren({ parallel, timeoutMs }: StudyPlan): boolean {
  if (parallel === 1 && timeoutMs === null) return false
  if (process.argv[1] === undefined)
    throw new LossboardError(
      'invalid_option',
      'ablate: parallel and timeout start the program again in child processes, and this one is no file: save it as one',
    )
  return true
}

/** Ctrl-C is the run's: it marks it interrupted and ends the process, unless the training reads `run.signal`. */
async function trainAllHere(plan: StudyPlan, train: TrainCell): Promise<AblationResult> {
  return withStore(plan, { train: (cell) => trainHere(cell, train, goalsOf(plan)), isStopped: () => false })
}

/** Runs a plan by programs in processes of their own. */
export async function trainAll(plan: StudyPlan, start: (stops: StopOnSignal) => StudyRunner['train']): Promise<AblationResult> {
  const stops = new StopOnSignal()
  try {
    const train = start(stops)
    // Between two cells nothing listens for the stop but this.
    const unlessStopped: StudyRunner['train'] = async (cell) =>
      stops.stop.aborted ? ({ status: 'interrupted', reason: String(stops.stop.reason) } satisfies CellEnd) : train(cell)
    return await withStore(plan, { train: unlessStopped, isStopped: () => stops.stop.aborted })
  } finally {
    stops.dispose()
  }
}

async function withStore(plan: StudyPlan, runner: Omit<StudyRunner, 'say'>): Promise<AblationResult> {
  const store = await openStore(plan.location, { mode: 'create' })
  try {
    const result = await runStudy(store, plan, { ...runner, say: plan.quiet ? () => {} : warn })
    if (result.interrupted) process.exitCode = 130
    return result
  } finally {
    await store.close()
  }
}

/** How a study stands, without running anything of it. */
async function readStudy(plan: StudyPlan): Promise<AblationResult> {
  const store = await openStore(plan.location)
  try {
    const study = await store.study(plan.definition.name, plan.definition.project)
    return { study, cells: (await readCells(store, study, studyCells(plan.definition))).map(toResult), interrupted: false }
  } finally {
    await store.close()
  }
}
