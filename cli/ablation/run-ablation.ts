import { existsSync } from 'node:fs'
import { LossboardError } from '../../core/errors.ts'
import type { Store } from '../../db/store.ts'
import type { AblateOptions } from '../../trainer/ablation/ablate-options.ts'
import { runPlan, trainAll } from '../../trainer/ablation/run-plan.ts'
import type { CellRun } from '../../trainer/ablation/settle-cell.ts'
import { cellName } from '../../trainer/ablation/study-cells.ts'
import type { StorePath } from '../store-path.ts'
import { parseSeeds } from '../training/parse-arguments.ts'
import { runCommandCell } from './command-cell.ts'
import { type LoadedStudy, loadStudy } from './load-study.ts'
import { printCells, printStatus } from './print-study.ts'

export interface AblationOptions {
  dir?: string
  parallel?: string
  retries?: string
  timeout?: string
  seeds?: string
  project?: string
  restart?: boolean
  dryRun?: boolean
  status?: boolean
  json?: boolean
  quiet?: boolean
  verbose?: boolean
}

/** Some cells are not finished, though every one was tried. */
const EXIT_UNFINISHED = 1

/** `lossboard ablate`. */
export async function runAblation(path: string, store: StorePath, options: AblationOptions): Promise<void> {
  if (options.json && !options.status) throw new LossboardError('invalid_option', '--json goes with --status')
  const loaded = await loadStudy(path, overrides(store, options))
  const { plan } = loaded
  if (options.status) return withExisting(plan.location, (existing) => printStatus(loaded, existing, options.json ?? false))
  if (options.dryRun) return withExisting(plan.location, (existing) => printCells(loaded, existing))
  const { cells, interrupted } = await run(loaded, options.verbose ?? false)
  if (!interrupted && cells.some(({ status }) => status !== 'finished')) process.exitCode = EXIT_UNFINISHED
}

function run(loaded: LoadedStudy, verbose: boolean) {
  const { plan } = loaded
  const onLine = (cell: CellRun, line: string) => {
    if (verbose) process.stderr.write(`[${cellName(cell)}] ${line}\n`)
  }
  if ('train' in loaded) return runPlan(plan, loaded.train, onLine)
  const { command } = loaded
  return trainAll(
    plan,
    (stops) => (cell) => runCommandCell(cell, command, { timeoutMs: plan.timeoutMs, stops, onLine: (line) => onLine(cell, line) }),
  )
}

/** What the command line says wins over the file. */
function overrides({ file, named }: StorePath, options: AblationOptions): Partial<AblateOptions> {
  return {
    ...(named && { dir: file }),
    ...(options.parallel !== undefined && { parallel: number('--parallel', options.parallel) }),
    ...(options.retries !== undefined && { retries: number('--retries', options.retries) }),
    ...(options.timeout !== undefined && { timeout: number('--timeout', options.timeout) }),
    ...(options.seeds !== undefined && { seeds: parseSeeds(options.seeds) }),
    ...(options.project !== undefined && { project: options.project }),
    ...(options.restart && { restart: true }),
    ...(options.quiet && { quiet: true }),
  }
}

function number(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new LossboardError('invalid_option', `${option} must be a number, got "${text}"`)
  return value
}

/** To look needs no store: nothing is made. */
async function withExisting(file: string, look: (store: Store | null) => Promise<void>): Promise<void> {
  if (!existsSync(file)) return look(null)
  const { openStore } = await import('../../db/open.ts')
  // Writing is needed to notice that the process of a run has died.
  const store = await openStore(file)
  try {
    await look(store)
  } finally {
    await store.close()
  }
}
