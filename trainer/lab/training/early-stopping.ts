/** What the best evaluation so far was, and how long ago. Part of every checkpoint. */
export interface BestSoFar {
  /** Null before the first evaluation that gave a number. */
  value: number | null
  step: number | null
  /** Evaluations since. */
  waited: number
}

export const NOTHING_YET: BestSoFar = { value: null, step: null, waited: 0 }

/** The state after one more evaluation. It counts as an improvement when it is better by more than `minDelta`; NaN and ±Infinity never do. */
export function afterEvaluation(
  before: BestSoFar,
  { value, step }: { value: number; step: number },
  { goal, minDelta }: { goal: 'min' | 'max'; minDelta: number },
): { best: BestSoFar; improved: boolean } {
  const gain = before.value === null ? Number.POSITIVE_INFINITY : goal === 'min' ? before.value - value : value - before.value
  const improved = Number.isFinite(value) && gain > minDelta
  return { best: improved ? { value, step, waited: 0 } : { ...before, waited: before.waited + 1 }, improved }
}
