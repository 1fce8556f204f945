import { LossboardError } from '../../../core/errors.ts'
import { exampleSize } from '../data/examples.ts'

/** Refuses rows of another size than the transform was fitted on: they would be transformed wrongly, not at all. */
export function checkRows(kind: string, raw: Float32Array, n: number, inputShape: readonly number[]): void {
  const size = exampleSize(inputShape)
  if (raw.length !== n * size)
    throw new LossboardError(
      'invalid_value',
      `preprocessing ${kind}: ${n} examples of shape [${inputShape.join(', ')}] have ${n * size} values, got ${raw.length}`,
    )
}
