import { parseArgs } from 'node:util'
import { isLossboardError, LossboardError } from '../../core/errors.ts'
import { loadMnist } from '../../trainer/lab/data/mnist-files.ts'
import { loadTf } from '../../trainer/tfjs/index.ts'
import { EXPERIMENTS, type Experiment, SEEDS } from './experiments.ts'
import type { DemoMessage } from './messages.ts'
import { TimeBudget } from './time-budget.ts'
import { trainRun } from './train-run.ts'

/**
 * The demo's training, a process of its own: `train.ts STORE [--budget SECONDS]`. Tells its parent how far it is (see messages.ts),
 * or, started by hand with `--json`, writes the same messages as JSON lines.
 */
const BUDGET_SECONDS = 160
/** Asked for less time than this, accuracy gives way: runs may be shorter than their least. */
const SHORTEST_FOR_ACCURACY = 60
const PROGRESS_EVERY_MS = 100

async function main(): Promise<void> {
  const { store, budgetSeconds } = readArguments()
  const started = performance.now()
  const loaded = await loadTf()
  const context = { loaded, store, ...loadMnist() }
  const plans = SEEDS.flatMap((seed) => EXPERIMENTS.map((experiment) => ({ experiment, seed })))
  tell({
    type: 'start',
    device: loaded.description,
    warnings: loaded.warnings,
    runs: plans.map(({ experiment: { title, steps, meantToFail }, seed }) => ({ title, seed, steps, meantToFail })),
  })
  const budget = new TimeBudget(budgetSeconds - (performance.now() - started) / 1000)
  for (const [index, { experiment, seed }] of plans.entries()) {
    const later = seconds(plans.slice(index + 1))
    const { share, deadline } = budget.share(experiment.seconds, later)
    const leastSteps = Math.ceil(experiment.leastSteps * Math.min(1, budgetSeconds / SHORTEST_FOR_ACCURACY))
    const steps = Math.max(leastSteps, Math.round(experiment.steps * share))
    const runStarted = performance.now()
    let told = 0
    const result = await trainRun(context, { experiment, seed, steps, leastSteps, deadline }, (step, loss, valAccuracy) => {
      if (performance.now() - told < PROGRESS_EVERY_MS && step < steps) return
      told = performance.now()
      const secondsLeft = budget.secondsLeft((experiment.seconds * (steps - step)) / experiment.steps + later)
      tell({ type: 'progress', run: index, step, loss, valAccuracy, secondsLeft })
    })
    const took = (performance.now() - runStarted) / 1000
    budget.took(took, (experiment.seconds * result.stepsDone) / experiment.steps)
    tell({ type: 'end', run: index, name: result.name, number: result.number, status: 'finished', testAccuracy: result.testAccuracy, seconds: took })
  }
}

function seconds(plans: { experiment: Experiment }[]): number {
  return plans.reduce((sum, { experiment }) => sum + experiment.seconds, 0)
}

function readArguments(): { store: string; budgetSeconds: number } {
  const { values, positionals } = parsedArguments()
  const store = positionals[0] ?? values.dir
  if (!store) throw new LossboardError('invalid_argument', 'no store given: write train.ts STORE [--budget SECONDS] [--json]')
  const budgetSeconds = Number(values.budget ?? BUDGET_SECONDS)
  if (!(budgetSeconds > 0)) throw new LossboardError('invalid_option', `--budget is "${values.budget}": it must be a number of seconds above 0`)
  return { store, budgetSeconds }
}

function parsedArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { dir: { type: 'string' }, budget: { type: 'string' }, json: { type: 'boolean' } } })
  } catch (error) {
    throw new LossboardError('invalid_option', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

function tell(message: DemoMessage): void {
  if (process.send) process.send(message, () => {})
  // NaN is no JSON: it becomes null there.
  else if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(message)}\n`)
}

// Whoever started the training is gone: nobody waits for it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

try {
  await main()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  if (process.send) tell({ type: 'error', code: isLossboardError(error) ? error.code : null, message })
  else process.stderr.write(`${message}\n`)
  process.exitCode = 1
} finally {
  process.removeAllListeners('disconnect')
  if (process.connected) process.disconnect()
}
