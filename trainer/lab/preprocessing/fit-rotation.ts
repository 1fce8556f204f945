import { LossboardError } from '../../../core/errors.ts'
import { type Examples, exampleSize } from '../data/examples.ts'
import { covariance } from './covariance.ts'
import type { Preprocessing } from './preprocessing.ts'
import { rotation } from './rotation.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** Finding the components of more inputs takes minutes: n³ steps. */
const MOST_INPUTS = 2048

export interface RotationPlan {
  kind: 'decorrelate' | 'whiten'
  components: number | undefined
  /** Factor of a component of this variance. */
  scale(variance: number): number
  /** Back to the axes of the inputs afterwards (ZCA). */
  rotateBack: boolean
}

/** Principal components of the training split, scaled as the kind asks. */
export function fitRotation(train: Examples, { kind, components, scale, rotateBack }: RotationPlan): Preprocessing {
  const size = exampleSize(train.shape)
  const refuse = (problem: string) => new LossboardError('invalid_option', `preprocess ${kind}: ${problem}`)
  if (size > MOST_INPUTS)
    throw refuse(`an example has ${size} inputs, its components can be found for ${MOST_INPUTS} at most: take smaller images or kind standardise`)
  if (train.n < 2) throw refuse('it needs at least 2 training examples')
  const kept = components ?? size
  if (kept > size) throw refuse(`components is ${kept}, but an example has only ${size} inputs`)

  const { mean, matrix } = covariance(train)
  const eigen = symmetricEigen(matrix, size)
  // Rounding can leave a variance just below 0.
  const variances = eigen.values.map((value) => Math.max(0, value))
  const scales = variances.map(scale)
  const columns = rotateBack ? size : kept
  // weights[input · columns + output], so that an input adds to all outputs along one row.
  const weights = new Float64Array(size * columns)
  for (let component = 0; component < kept; component++) {
    const vector = eigen.vectors.subarray(component * size, (component + 1) * size)
    for (let input = 0; input < size; input++) {
      const factor = vector[input]! * scales[component]!
      if (!rotateBack) weights[input * columns + component] = factor
      else for (let output = 0; output < size; output++) weights[input * columns + output]! += factor * vector[output]!
    }
  }
  return rotation({ kind, inputShape: train.shape, shape: rotateBack ? train.shape : [kept], mean, weights, variances, kept, fittedOn: train.n })
}
