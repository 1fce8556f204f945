import type { JsonObject } from '../../../core/run.ts'
import { exampleSize } from '../data/examples.ts'
import { checkRows } from './check-rows.ts'
import { fingerprintOf } from './fingerprint.ts'
import { invalidPreprocessing } from './invalid-preprocessing.ts'
import type { Preprocessing } from './preprocessing.ts'
import { readDoubles, storeDoubles } from './stored-doubles.ts'
import type { StoredHead } from './stored-head.ts'

/** Parameters of `(x − mean) · scale`, input by input. */
export interface ElementwiseParameters {
  kind: 'zero-centre' | 'standardise'
  inputShape: number[]
  /** One per group; input `i` of an example belongs to group `i % mean.length`. */
  mean: Float64Array
  /** 1 / standard deviation; 0 for a group that never varied: it stays at 0. All 1 when only centred. */
  scale: Float64Array
  fittedOn: number
}

/** Zero-centring and standardising: each input is shifted and scaled by itself. Computed in double precision, rounded once. */
export function elementwise({ kind, inputShape, mean, scale, fittedOn }: ElementwiseParameters): Preprocessing {
  const parameters: JsonObject = { version: 1, kind, inputShape, groups: mean.length, mean: storeDoubles(mean), scale: storeDoubles(scale) }
  const fingerprint = fingerprintOf(parameters)
  const groups = mean.length
  const constant = [...scale].flatMap((factor, group) => (factor === 0 ? [group] : []))
  return {
    kind,
    fingerprint,
    inputShape,
    shape: inputShape,
    costly: false,
    apply(raw, n) {
      checkRows(kind, raw, n, inputShape)
      const rows = new Float32Array(raw.length)
      if (groups === 1) shiftAndScale(raw, rows, mean[0]!, scale[0]!)
      else for (let from = 0; from < raw.length; from += groups) shiftAndScaleEach(raw, rows, from, mean, scale)
      return rows
    },
    facts: () => ({
      kind,
      fingerprint,
      fittedOn: `${fittedOn} training examples`,
      statistics: groups,
      // The first of them are enough to look at: an image of handwriting has hundreds of pixels nobody ever writes on.
      ...(kind === 'standardise' ? { constantInputs: constant.length, firstConstantInputs: constant.slice(0, 20) } : {}),
    }),
    toJson: () => ({ ...parameters, fittedOn, fingerprint }),
  }
}

function shiftAndScale(raw: Float32Array, rows: Float32Array, mean: number, scale: number): void {
  for (let i = 0; i < raw.length; i++) rows[i] = (raw[i]! - mean) * scale
}

function shiftAndScaleEach(raw: Float32Array, rows: Float32Array, from: number, mean: Float64Array, scale: Float64Array): void {
  for (let group = 0; group < mean.length; group++) rows[from + group] = (raw[from + group]! - mean[group]!) * scale[group]!
}

export function elementwiseFromJson(json: JsonObject, head: StoredHead & { kind: ElementwiseParameters['kind'] }): Preprocessing {
  const groups = Number(json.groups)
  if (!Number.isInteger(groups) || groups < 1 || exampleSize(head.inputShape) % groups !== 0)
    throw invalidPreprocessing(`groups is ${JSON.stringify(json.groups)}, which does not divide an example of shape [${head.inputShape.join(', ')}]`)
  return elementwise({ ...head, mean: readDoubles(json.mean, groups, 'mean'), scale: readDoubles(json.scale, groups, 'scale') })
}
