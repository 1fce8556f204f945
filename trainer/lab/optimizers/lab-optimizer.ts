import type { Optimizer, Scalar, Variable } from '@tensorflow/tfjs'

/** Everything an optimizer remembers between steps, in float32 bit for bit. The learning rate is not part of it: the schedule sets it. */
export interface OptimizerState {
  kind: string
  /** How often `applyGradients` has run. */
  iterations: number
  /** By variable (see `stateName`), then by slot, e.g. `dense/kernel` → `m`. Flat, in the order of the variable's own values. */
  slots: Record<string, Record<string, Float32Array>>
}

/**
 * A `tf.Optimizer` that keeps its state by variable name, so that layers may be frozen and thawed in the middle of a run, and whose
 * learning rate can really be changed. Works wherever TensorFlow.js takes an optimizer: `model.compile`, `model.fit`, `minimize`, `watch`.
 */
export interface LabOptimizer extends Optimizer {
  readonly kind: string
  /** Used by the next step; assigning does the same as `setLearningRate`. */
  learningRate: number
  /** @throws LossboardError `invalid_value` when the rate is negative, NaN or infinite. */
  setLearningRate(rate: number): void
  /**
   * Measure `gradientNorm` in the coming steps. On from the start when gradients are clipped by norm, which needs it anyway; otherwise off,
   * because it costs two passes over the gradients: set it for the steps that are logged.
   */
  measureNorm: boolean
  /**
   * Global L2 norm of the gradients of the last step as they came in: before clipping and without weight decay. Reading it waits for the
   * device and fetches one number, on first reading. Null when it was not measured, or the backend cannot read at once (WebGPU in Node).
   */
  readonly gradientNorm: number | null
  /** Whether the last step clipped anything. Fetches one number on first reading; false when the backend cannot read at once. */
  readonly clipped: boolean
  /**
   * What coupled weight decay adds to the loss: λ/2 · Σ w² over those of the variables that decay, so that its gradient is λ w.
   * Zero for decoupled decay, which is no gradient of any penalty. The caller disposes of it (or is inside `tf.tidy`).
   */
  penalty(variables: readonly Variable[]): Scalar
  /** A copy of the state as it is at the call, whatever happens before the promise settles. */
  exportState(): Promise<OptimizerState>
  /**
   * Replaces the whole state. Variables are matched by name when they are next updated; those that never come (frozen layers) are kept
   * and exported again. Pass the variables to have every shape checked at once instead of at the first step.
   * @throws LossboardError `invalid_value` when kind, slots or sizes do not fit; the state is then as it was.
   */
  importState(state: OptimizerState, variables?: readonly Variable[]): void
}
