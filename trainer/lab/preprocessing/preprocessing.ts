import type { JsonObject } from '../../../core/run.ts'

/** A transform fitted on the training split. The same object is applied to every split. */
export interface Preprocessing {
  readonly kind: string
  /** SHA-256 of the kind and all parameters: equal fingerprints, equal transforms. */
  readonly fingerprint: string
  /** Shape of one example before it. */
  readonly inputShape: readonly number[]
  /** Shape of one example after it: what the model takes. */
  readonly shape: readonly number[]
  /** True when a row costs thousands of multiplications: transformed rows are then worth keeping. */
  readonly costly: boolean
  /** `n` rows as the model takes them. `raw` (pixels from 0 to 1) is left as it is. Throws when its length does not fit. */
  apply(raw: Float32Array, n: number): Float32Array
  /** What was fitted, for people: examples fitted on, constant features, explained variance. */
  facts(): JsonObject
  /** Everything needed to apply it again, exactly: `preprocessingFromJson` reads it. */
  toJson(): JsonObject
}
