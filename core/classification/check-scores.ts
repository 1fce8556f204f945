import { LossboardError } from '../errors.ts'

/** Number of rows of a flat table of scores; refuses one that does not divide into rows. */
export function checkScores(scores: ArrayLike<number>, classes: number): number {
  if (!Number.isSafeInteger(classes) || classes < 1 || scores.length % classes !== 0)
    throw new LossboardError('invalid_value', `scores: ${scores.length} numbers are no rows of ${classes} classes`)
  return scores.length / classes
}
