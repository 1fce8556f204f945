import type { Tensor } from '@tensorflow/tfjs'
import { LossboardError } from '../../core/errors.ts'
import type { Tf } from './tf.ts'

export interface WatchOptions {
  /** The TensorFlow.js the model was made with. */
  tf: Tf
  /** Measure L2 update ratios every this many steps; false: never. Default 10. */
  updates?: number | false
  /** Measure gradient norms (before any clipping) every this many steps; false: never. Default 10. */
  gradients?: number | false
  /** Record the histogram of log10(|Δw|/|w|) every this many steps; false: never. Default `auto`: every max(10, steps/200). */
  histograms?: number | 'auto' | false
  /**
   * A fixed batch of 256 to 512 training rows, as the model takes them: with it the activations of hidden layers are measured, see
   * `watchActivations`. Stays yours; needs the model.
   */
  rows?: Tensor | Tensor[]
  /** Measure activations on `rows` every this many steps; false: never. Default `auto`: every max(50, steps/200). */
  activations?: number | 'auto' | false
  /** Step of the first update; default: where the run goes on, 0 for a new one. */
  firstStep?: number
  /** How many steps the run will have, for `histograms: 'auto'` in custom loops; `fitCallbacks` tells it by itself. */
  totalSteps?: number
  /** Where to compute: `loop` reads the weights, `tensor` computes on the device. Default by backend: loop on cpu and wasm. */
  compute?: 'auto' | 'loop' | 'tensor'
}

/** Options with defaults filled in; throws `invalid_option` naming the first wrong one. */
export function checkWatchOptions(options: WatchOptions) {
  if (typeof options?.tf?.engine !== 'function')
    throw new LossboardError('invalid_option', 'watch needs the TensorFlow.js module: watch(model, run, { tf }), with the tf the model was made with')
  const { tf, updates = 10, gradients = 10, histograms = 'auto', firstStep = null, totalSteps = null, compute = 'auto', rows = null } = options
  const { activations = rows ? 'auto' : false } = options
  for (const [name, every] of Object.entries({ updates, gradients, histograms, activations }))
    if (every !== false && !((name === 'histograms' || name === 'activations') && every === 'auto') && !isCount(every, 1))
      throw new LossboardError('invalid_option', `${name} is ${String(every)}: it must be a number of steps, 1 or more, or false`)
  for (const [name, count] of Object.entries({ firstStep, totalSteps }))
    if (count !== null && !isCount(count, 0))
      throw new LossboardError('invalid_option', `${name} is ${String(count)}: it must be a whole number, 0 or more`)
  if (!['auto', 'loop', 'tensor'].includes(compute))
    throw new LossboardError('invalid_option', `compute is "${String(compute)}": it must be auto, loop or tensor`)
  if (activations !== false && !rows)
    throw new LossboardError(
      'invalid_option',
      'activations are measured on fixed rows: give them, watch(model, run, { tf, activations, rows: tensor })',
    )
  return { rows, activations, tf, updates, gradients, histograms, firstStep, totalSteps, compute }
}

export type CheckedWatchOptions = ReturnType<typeof checkWatchOptions>

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least
}
