import { LossboardError } from '../../core/errors.ts'
import { describe } from '../../core/kinds/check.ts'
import type { AblateOptions } from './ablate-options.ts'
import type { AblationResult } from './run-study.ts'
import type { TrainCell } from './train-here.ts'

/**
 * Runs an ablation study: every variant with every seed, each as a run of its own, seed by seed. What is finished is not run again, so the
 * same call goes on where an earlier one stopped, was interrupted or killed; failed cells are tried again.
 *
 * `train` gets the config of its variant with `seed` in it, and a run to log to. With `parallel` above 1, or a `timeout`, each cell is trained
 * in a child process that starts this same program again: what stands before the call of `ablate` runs there too, what stands after it does not.
 *
 * @throws LossboardError `invalid_option` for a wrong declaration (nothing varied, a variant that changes nothing, two alike …);
 * `invalid_argument` when a config is not the one that the study's runs were trained with; what opening the store throws.
 * A cell that fails does not throw: see `cells` of the result.
 */
export async function ablate<Config extends object>(options: AblateOptions<Config>, train: TrainCell<Config>): Promise<AblationResult> {
  if (typeof train !== 'function')
    throw new LossboardError('invalid_option', `ablate needs a function that trains, after the options, got ${describe(train)}`)
  // Loaded late: who only logs runs needs no store in this thread.
  const { planStudy } = await import('./plan-study.ts')
  const { runPlan } = await import('./run-plan.ts')
  return runPlan(planStudy(options), train as unknown as TrainCell)
}
