import type { LayersModel, Optimizer, Tensor } from '@tensorflow/tfjs'
import { describe } from '../../../core/describe.ts'
import { LossboardError } from '../../../core/errors.ts'
import type { LoggingRun } from '../logging-run.ts'
import { observeUpdates } from '../optimizer-hook.ts'
import type { Tf } from '../tf.ts'
import type { WatchHandle } from '../watch-handle.ts'
import { ActivationWatcher } from './activation-watcher.ts'

export interface WatchActivationsOptions {
  /** The TensorFlow.js the model was made with. */
  tf: Tf
  /** The fixed rows to measure on, 256 to 512 of the training split: as the model takes them, preprocessed and batched. Stays yours. */
  rows: Tensor | Tensor[]
  /** Measure every this many steps. Default `auto`: every max(50, steps/200). */
  every?: number | 'auto'
  /** Whose updates are counted. Default: the optimizer the model was compiled with. */
  optimizer?: Optimizer
  /** Step of the first update; default: where the run goes on, 0 for a new one. */
  firstStep?: number
  /** How many steps the run will have, for `auto` in custom loops; `fitCallbacks` tells it by itself. */
  totalSteps?: number
  /** Where to compute: `loop` reads the activations, `tensor` computes on the device. Default by backend: loop on cpu and wasm. */
  compute?: 'auto' | 'loop' | 'tensor'
}

/**
 * Logs the activations of every hidden layer on a fixed batch, in inference mode, just before an update (step 0: as initialised):
 * `activation-mean/<layer>`, `activation-std/<layer>`, for rectifiers `dead-fraction/<layer>`, for tanh and sigmoid
 * `saturated-fraction/<layer>` and `saturated-units/<layer>`.
 *
 * Batch norm then normalises by its running statistics, which already hold the batch of this step. The numbers of the training do not
 * change, and nothing here throws into it: when measuring fails it stops with a warning.
 * @throws LossboardError `invalid_argument` for a model that is not compiled, `invalid_option` for a wrong option
 */
export function watchActivations(model: LayersModel, run: LoggingRun, options: WatchActivationsOptions): WatchHandle {
  if (typeof model?.apply !== 'function' || !Array.isArray(model.layers))
    throw new LossboardError('invalid_argument', 'watchActivations needs a TensorFlow.js layers model: watchActivations(model, run, { tf, rows })')
  if (typeof run?.log !== 'function') throw new LossboardError('invalid_argument', 'watchActivations needs a run: init({ … })')
  const optimizer = options?.optimizer ?? model.optimizer
  if (!optimizer)
    throw new LossboardError(
      'invalid_argument',
      `model "${model.name}" is not compiled: call model.compile first, or give the optimizer as an option`,
    )
  const { tf, every = 'auto', firstStep = null, totalSteps = null, compute = 'auto' } = checked(options)
  // A clone shares the buffer and keeps it: the caller may dispose of theirs, or be inside a tidy.
  const rows = Array.isArray(options.rows) ? options.rows.map((one) => tf.keep(one.clone())) : tf.keep(options.rows.clone())
  let stopped = false
  let undo = (): void => undefined
  const stop = (): void => {
    if (stopped) return
    stopped = true
    undo()
    tf.dispose(rows)
  }
  const watcher = new ActivationWatcher(run, model, rows, { tf, every, firstStep, totalSteps, compute }, (error) => {
    stop()
    const reason = error instanceof Error ? error.message : String(error)
    process.emitWarning(`watchActivations stopped measuring, training goes on: ${reason}`, 'LossboardWarning')
  })
  undo = observeUpdates(optimizer, watcher)
  return { unwatch: stop, settled: () => watcher.settled() }
}

function checked(options: WatchActivationsOptions): WatchActivationsOptions {
  const { tf, rows, every, firstStep, totalSteps, compute } = options
  const wrong = (message: string) => new LossboardError('invalid_option', message)
  if (typeof tf?.engine !== 'function') throw wrong('watchActivations needs the TensorFlow.js module: watchActivations(model, run, { tf, rows })')
  for (const one of Array.isArray(rows) ? rows : [rows])
    if (typeof one?.clone !== 'function') throw wrong(`rows must be a tensor of rows as the model takes them, got ${describe(one)}`)
  if (every !== undefined && every !== 'auto' && !(Number.isSafeInteger(every) && every >= 1))
    throw wrong(`every is ${String(every)}: it must be a number of steps, 1 or more, or "auto"`)
  for (const [name, count] of Object.entries({ firstStep, totalSteps }))
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
      throw wrong(`${name} is ${String(count)}: it must be a whole number, 0 or more`)
  if (compute !== undefined && !['auto', 'loop', 'tensor'].includes(compute))
    throw wrong(`compute is "${String(compute)}": it must be auto, loop or tensor`)
  return options
}
