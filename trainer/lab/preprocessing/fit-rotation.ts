import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import { type Examples, exampleSize, selectExamples } from '../data/examples.ts'
import { covariance } from './covariance.ts'
import type { Preprocessing } from './preprocessing.ts'
import { rotation } from './rotation.ts'
import { samplePositions } from './sample-positions.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** Finding the components of more inputs takes minutes: n³ steps. */
const MOST_INPUTS = 2048

export const fitExamplesSchema = z
  .int()
  .min(2)
  .optional()
  .describe('Find the components from this many training examples, drawn at random. Default: all; 60,000 images of 28 × 28 take some ten seconds.')

export interface RotationPlan {
  kind: 'decorrelate' | 'whiten'
  components: number | undefined
  fitExamples: number | undefined
  /** Factor of a component of this variance. */
  scale(variance: number): number
  /** Back to the axes of the inputs afterwards (ZCA). */
  rotateBack: boolean
}

/** Principal components of the training split, scaled as the kind asks. */
export function fitRotation(train: Examples, { kind, components, fitExamples, scale, rotateBack }: RotationPlan): Preprocessing {
  const size = exampleSize(train.shape)
  const refuse = (problem: string) => new LossboardError('invalid_option', `preprocess ${kind}: ${problem}`)
  if (size > MOST_INPUTS)
    throw refuse(`an example has ${size} inputs, its components can be found for ${MOST_INPUTS} at most: take smaller images or kind standardise`)
  if (train.n < 2) throw refuse('it needs at least 2 training examples')
  const kept = components ?? size
  if (kept > size) throw refuse(`components is ${kept}, but an example has only ${size} inputs`)

  const fitted = fitExamples === undefined || fitExamples >= train.n ? train : selectExamples(train, samplePositions(train.n, fitExamples))
  const { mean, matrix } = covariance(fitted)
  const eigen = symmetricEigen(matrix, size)
  // Rounding can leave a variance just below 0.
  const variances = eigen.values.map((value) => Math.max(0, value))
  const scales = variances.map(scale)
  const outputs = rotateBack ? size : kept
  const weights = new Float64Array(outputs * size)
  for (let component = 0; component < kept; component++) {
    const vector = eigen.vectors.subarray(component * size, (component + 1) * size)
    const factor = scales[component]!
    if (!rotateBack) for (let input = 0; input < size; input++) weights[component * size + input] = factor * vector[input]!
    else
      for (let output = 0; output < size; output++)
        for (let input = 0; input < size; input++) weights[output * size + input]! += factor * vector[output]! * vector[input]!
  }
  return rotation({ kind, inputShape: train.shape, shape: rotateBack ? train.shape : [kept], mean, weights, variances, kept, fittedOn: fitted.n })
}
