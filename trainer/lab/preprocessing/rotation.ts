import type { JsonObject } from '../../../core/run.ts'
import { exampleSize } from '../data/examples.ts'
import { checkRows } from './check-rows.ts'
import { fingerprintOf } from './fingerprint.ts'
import { invalidPreprocessing } from './invalid-preprocessing.ts'
import type { Preprocessing } from './preprocessing.ts'
import { readDoubles, storeDoubles } from './stored-doubles.ts'
import type { StoredHead } from './stored-head.ts'

/** Parameters of `(x − mean) · weights`. */
export interface RotationParameters {
  kind: 'decorrelate' | 'whiten'
  inputShape: number[]
  shape: number[]
  mean: Float64Array
  /** Inputs × outputs, row-major. */
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
  const offset = addRow(new Float64Array(outputs), mean, 0, inputs, weights)
  return {
    kind,
    fingerprint,
    inputShape,
    shape,
    costly: inputs * outputs > 4096,
    apply(raw, n) {
      checkRows(kind, raw, n, inputShape)
      const rows = new Float32Array(n * outputs)
      const sums = new Float64Array(outputs)
      for (let row = 0; row < n; row++) {
        addRow(sums.fill(0), raw, row * inputs, inputs, weights)
        for (let i = 0; i < outputs; i++) rows[row * outputs + i] = sums[i]! - offset[i]!
      }
      return rows
    },
    facts: () => rotationFacts(variances, kept, { kind, fingerprint, fittedOn: `${fittedOn} training examples` }),
    toJson: () => ({ ...parameters, fittedOn, fingerprint }),
  }
}

/** `sums += x · weights`. Inputs that are 0, the background of most images, cost nothing: that is why the mean is taken off afterwards. */
function addRow(sums: Float64Array, x: Float32Array | Float64Array, from: number, inputs: number, weights: Float64Array): Float64Array {
  const outputs = sums.length
  for (let input = 0; input < inputs; input++) {
    const value = x[from + input]!
    if (value === 0) continue
    const line = input * outputs
    for (let output = 0; output < outputs; output++) sums[output]! += value * weights[line + output]!
  }
  return sums
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
