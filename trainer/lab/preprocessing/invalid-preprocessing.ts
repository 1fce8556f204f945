import { LossboardError } from '../../../core/errors.ts'

/** Refuses a stored preprocessing that cannot be applied. */
export function invalidPreprocessing(problem: string): LossboardError {
  return new LossboardError('invalid_value', `stored preprocessing: ${problem}`)
}
