import { LossboardError } from '../../core/errors.ts'
import { openStore } from '../../db/open.ts'
import type { StudyPlan } from './plan-study.ts'
import type { CellEnd, CellRun } from './settle-cell.ts'
import { type Stops, spawnCell } from './spawn-cell.ts'
import { type TrainCell, trainHere } from './train-here.ts'

/** Tells a child process which cell it was started for. */
const VARIABLE = 'LOSSBOARD_ABLATE_CELL'

interface Order {
  studyId: string
  runId: string
  variant: string
  seed: number
  location: string
}

/** Trains a cell in a child: this very program is started again, and its call of `ablate` trains the one cell. */
export function trainInChild(cell: CellRun, { timeoutMs }: StudyPlan, stops: Stops, onLine: (line: string) => void): Promise<CellEnd> {
  const { studyId, runId, seed, location } = cell
  const order: Order = { studyId, runId, variant: cell.variant.key, seed, location }
  // A debugger's port is taken already.
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--inspect'))
  return spawnCell({
    command: process.execPath,
    args: [...flags, ...process.argv.slice(1)],
    env: { ...process.env, [VARIABLE]: JSON.stringify(order) },
    ipc: true,
    timeoutMs,
    stops,
    onLine,
  })
}

let order: Order | null = null

/** The cell this process was started for; null in a process that people started. */
export function orderOfThisProcess(): Order | null {
  const text = process.env[VARIABLE]
  if (text) order = JSON.parse(text) as Order
  // What the training starts itself is no cell.
  delete process.env[VARIABLE]
  return order
}

/**
 * In a child: trains the cell and ends the process. Returns only when the order is for another study that the same program declares.
 */
export async function obeyOrder(order: Order, plan: StudyPlan, train: TrainCell): Promise<void> {
  const store = await openStore(order.location)
  const study = await store.study(order.studyId)
  await store.close()
  const { name, project } = plan.definition
  if (study.name !== name || study.project !== project) return
  const variant = study.variants.find(({ key }) => key === order.variant)
  if (!variant?.config) throw new LossboardError('not_found', `study "${name}" has no variant ${order.variant}`)
  // Whoever started us is gone: nobody wants this training any more.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
  const config = { ...variant.config, seed: order.seed }
  const cell: CellRun = { ...order, variant, config, studyName: name, project }
  const { status, reason } = await trainHere(cell, train, goalsOf(plan))
  if (status === 'failed') process.stderr.write(`${reason}\n`)
  process.exit(status === 'finished' ? 0 : 1)
}

export function goalsOf({ definition }: StudyPlan): Map<string, 'min' | 'max'> {
  return new Map(definition.metrics.map(({ name, goal }) => [name, goal]))
}
