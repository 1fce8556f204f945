import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'

/** The step when it is a whole number that float64 tells apart from its neighbours. */
export function checkStep(step: unknown): number {
  if (typeof step === 'number' && Number.isSafeInteger(step)) return step
  const advice =
    typeof step === 'number' && Number.isFinite(step) ? ': count steps in whole numbers, and log fractions such as 0.5 epochs as a metric' : ''
  throw new LossboardError('invalid_step', `step must be a whole number, got ${describe(step)}${advice}. Nothing of this call was logged`)
}
