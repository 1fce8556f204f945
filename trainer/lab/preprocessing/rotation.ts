import type { JsonObject } from '../../../core/run.ts'
import { exampleSize } from '../data/examples.ts'
import { checkRows } from './check-rows.ts'
import { fingerprintOf } from './fingerprint.ts'
import { invalidPreprocessing } from './invalid-preprocessing.ts'
import type { Preprocessing } from './preprocessing.ts'
import { addRowProducts } from './row-products.ts'
import { readDoubles, storeDoubles } from './stored-doubles.ts'
import type { StoredHead } from './stored-head.ts'

/** Parameters of `weights · (x − mean)`. */
export interface RotationParameters {
  kind: 'decorrelate' | 'whiten'
  inputShape: number[]
  shape: number[]
  mean: Float64Array
  /** Outputs × inputs, row-major. */
  weights: Float64Array
  /** Variance of each component of the training split, largest first, also of those not kept. */
  variances: Float64Array
  kept: number
  fittedOn: number
}

/** Decorrelating and whitening: every output is a weighted sum of all inputs. Summed in double precision, rounded once. */
export function rotation({ kind, inputShape, shape, mean, weights, variances, kept, fittedOn }: RotationParameters): Preprocessing {
  const parameters: JsonObject = {
    version: 1,
    kind,
    inputShape,
    shape,
    kept,
    mean: storeDoubles(mean),
    weights: storeDoubles(weights),
    variances: storeDoubles(variances),
  }
  const fingerprint = fingerprintOf(parameters)
  const inputs = exampleSize(inputShape)
  const outputs = exampleSize(shape)
  return {
    kind,
    fingerprint,
    inputShape,
    shape,
    costly: inputs * outputs > 4096,
    apply(raw, n) {
      checkRows(kind, raw, n, inputShape)
      const centred = new Float64Array(n * inputs)
      for (let row = 0; row < n; row++) for (let i = 0; i < inputs; i++) centred[row * inputs + i] = raw[row * inputs + i]! - mean[i]!
      const rows = new Float64Array(n * outputs)
      addRowProducts({ values: centred, count: n, length: inputs }, { values: weights, count: outputs, length: inputs }, rows)
      return Float32Array.from(rows)
    },
    facts: () => rotationFacts(variances, kept, { kind, fingerprint, fittedOn: `${fittedOn} training examples` }),
    toJson: () => ({ ...parameters, fittedOn, fingerprint }),
  }
}

function rotationFacts(variances: Float64Array, kept: number, head: JsonObject): JsonObject {
  const total = variances.reduce((sum, variance) => sum + variance, 0)
  const explained = variances.subarray(0, kept).reduce((sum, variance) => sum + variance, 0)
  return {
    ...head,
    components: kept,
    componentsLeftOut: variances.length - kept,
    varianceKept: total > 0 ? explained / total : null,
    componentsWithoutVariance: variances.filter((variance) => variance <= Number.EPSILON * variances.length * (variances[0] ?? 0)).length,
    largestVariance: variances[0] ?? null,
  }
}

export function rotationFromJson(json: JsonObject, head: StoredHead & { kind: RotationParameters['kind'] }): Preprocessing {
  const inputs = exampleSize(head.inputShape)
  const { shape, kept } = json
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && Number(size) > 0)
  if (!isShape || typeof kept !== 'number') throw invalidPreprocessing('shape and kept are missing')
  const outputs = exampleSize(shape as number[])
  return rotation({
    ...head,
    shape: shape as number[],
    kept,
    mean: readDoubles(json.mean, inputs, 'mean'),
    weights: readDoubles(json.weights, inputs * outputs, 'weights'),
    variances: readDoubles(json.variances, inputs, 'variances'),
  })
}
