import type { LayersModel, Optimizer } from '@tensorflow/tfjs'
import { LossboardError } from '../../core/errors.ts'
import { facts } from '../facts.ts'
import { watchActivations } from './activations/watch-activations.ts'
import { modelRecord } from './log-measurements.ts'
import type { LoggingRun } from './logging-run.ts'
import { modelTable } from './model-table.ts'
import { observeUpdates } from './optimizer-hook.ts'
import { runSteps } from './run-steps.ts'
import { trainingFacts } from './training-facts.ts'
import { UpdateWatcher } from './update-watcher.ts'
import type { WatchHandle } from './watch-handle.ts'
import { type CheckedWatchOptions, checkWatchOptions, type WatchOptions } from './watch-options.ts'
import { kernelLabels } from './weight-labels.ts'

/**
 * Logs how training changes the model, for `model.fit`, `fitDataset`, `trainOnBatch` and custom loops with `model.optimizer.minimize`:
 *
 * - `update-ratio/<layer>`: ‖Δw‖₂/‖w‖₂ of each kernel, the change really applied (about 1e-3 is usual; CS231n).
 * - `update-ratio-histogram/<layer>`: the element-wise distribution of log10(|Δw|/|w|).
 * - `lost-update/<layer>`: share of the kernel whose gradient was not 0 but whose change rounded to 0, with each histogram.
 * - `gradient-norm/<layer>` and `gradient-norm/global` (all trainable weights): L2, before any clipping done inside the optimizer.
 * - `weight-norm/global`: L2 over the kernels measured, with the ratios.
 * - `twin-units/highest`: before the first update, how alike the units of a layer are; `twin-units/<layer>` where most are.
 * - `non-finite-weights/<layer>`, `non-finite-gradients/<layer>`: where NaN or infinity was when it was first seen.
 * - `model`: the table of layers, and `training`: loss, optimizer and outputs, once.
 * - With `rows`, what `watchActivations` logs.
 *
 * Kernels only (weights of rank ≥ 2); frozen layers are not measured. The numbers of the training itself do not change, and
 * nothing here throws into it: when measuring fails it stops with a warning.
 *
 * Watch after `model.compile`; compiling again makes a new optimizer, which must be watched again.
 * @throws LossboardError `invalid_argument` for a model that is not compiled, `invalid_option` for a wrong option.
 */
export function watch(model: LayersModel, run: LoggingRun, options: WatchOptions): WatchHandle {
  if (typeof model?.compile !== 'function')
    throw new LossboardError('invalid_argument', 'watch needs a TensorFlow.js layers model: watch(model, run, { tf })')
  if (!model.optimizer)
    throw new LossboardError('invalid_argument', `model "${model.name}" is not compiled: call model.compile({ optimizer, loss }) before watch`)
  return watchOptimizer(model.optimizer, run, { ...options, model })
}

/**
 * `watch` for custom loops: measures every update that goes through this optimizer's `minimize` or `applyGradients`.
 * Without `model` layers are named after their variables: `tf.variable(w, true, 'encoder/kernel')` gives `update-ratio/encoder`.
 */
export function watchOptimizer(optimizer: Optimizer, run: LoggingRun, options: WatchOptions & { model?: LayersModel }): WatchHandle {
  if (typeof optimizer?.applyGradients !== 'function')
    throw new LossboardError('invalid_argument', 'watchOptimizer needs a TensorFlow.js optimizer, for example tf.train.adam(1e-3)')
  if (typeof run?.log !== 'function')
    throw new LossboardError('invalid_argument', 'watch needs a run: watch(model, run, { tf }) with run = init({ … })')
  const checked = checkWatchOptions(options)
  const { model } = options
  const labels = new Map<string, string>()
  const steps = runSteps(run)
  let stop = (): void => undefined
  const watcher = new UpdateWatcher(run, checked, labels, {
    started(step) {
      if (!steps.trainingLogged) run.log({ training: facts(trainingFacts(model, optimizer)) }, step)
      steps.trainingLogged = true
      // Not earlier: a model without an input shape has its weights only once data has come.
      if (!model) return
      for (const [variable, label] of kernelLabels(model)) labels.set(variable, label)
      const table = modelTable(model)
      if (table && !steps.modelLogged) run.log(modelRecord(table), step)
      steps.modelLogged = true
    },
    failed(error) {
      stop()
      process.emitWarning(`watch stopped measuring, training goes on: ${error instanceof Error ? error.message : String(error)}`, 'LossboardWarning')
    },
  })
  const activations = watchingActivations(model, optimizer, run, checked)
  const undo = observeUpdates(optimizer, watcher)
  steps.optimizer = optimizer
  stop = () => {
    undo()
    if (steps.optimizer === optimizer) steps.optimizer = null
  }
  return {
    unwatch() {
      stop()
      activations?.unwatch()
    },
    async settled() {
      await Promise.all([watcher.settled(), activations?.settled()])
    },
  }
}

function watchingActivations(
  model: LayersModel | undefined,
  optimizer: Optimizer,
  run: LoggingRun,
  checked: CheckedWatchOptions,
): WatchHandle | null {
  const { tf, activations, rows, firstStep, totalSteps, compute } = checked
  if (activations === false || !rows) return null
  if (!model)
    throw new LossboardError(
      'invalid_option',
      'activations are measured in a layers model: give it, watchOptimizer(optimizer, run, { tf, model, rows })',
    )
  return watchActivations(model, run, {
    tf,
    rows,
    every: activations,
    optimizer,
    compute,
    ...(firstStep !== null && { firstStep }),
    ...(totalSteps !== null && { totalSteps }),
  })
}
