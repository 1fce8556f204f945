import type { CustomCallbackArgs, LayersModel, Logs } from '@tensorflow/tfjs'
import { LossboardError } from '../../core/errors.ts'
import { learningRate } from './learning-rate.ts'
import type { LoggingRun } from './logging-run.ts'
import { runSteps } from './run-steps.ts'

export interface FitCallbackOptions {
  /** Where `lr` is read from. Not needed when `watch(model, run)` was called for the same run. */
  model?: LayersModel
  /** Log per-batch metrics every this many batches (whole number ≥ 1, default 1). The last batch of an epoch is not special. */
  every?: number
  /** Step of the first batch; default: where the run goes on, 0 for a new one. */
  firstStep?: number
}

/** What TensorFlow.js tells its callback objects about the fit. */
interface FitParams {
  epochs?: number
  initialEpoch?: number
  samples?: number | null
  batchSize?: number | null
  steps?: number | null
}

/**
 * Callbacks for `model.fit` and `model.fitDataset`: `model.fit(x, y, { callbacks: fitCallbacks(run) })`, or one of a list.
 *
 * Per batch: `train/loss`, `train/accuracy` and every other compiled metric of that batch, `lr`, and `epoch` as a fraction (2.5 is half
 * way through the third). Per epoch, at the step of its last batch: `val/loss`, `val/accuracy`, …, `epoch`, and the means over
 * the epoch as `train/epoch-loss`, `train/epoch-accuracy`, …: they lag behind, so `val/accuracy` is best compared with `train/accuracy`.
 * A step is one batch, counted from 0 over all fits of the run.
 */
export function fitCallbacks(run: LoggingRun, { model, every = 1, firstStep }: FitCallbackOptions = {}): CustomCallbackArgs {
  if (!Number.isSafeInteger(every) || every < 1)
    throw new LossboardError('invalid_option', `every is ${String(every)}: it must be a whole number of batches, 1 or more`)
  if (firstStep !== undefined && (!Number.isSafeInteger(firstStep) || firstStep < 0))
    throw new LossboardError('invalid_option', `firstStep is ${String(firstStep)}: it must be a whole number, 0 or more`)
  const shared = runSteps(run)
  let step = firstStep ?? shared.next
  let epoch = 0
  let batchesPerEpoch: number | null = null
  let batchesInEpoch = 0
  let loggedEpoch = { step: -1, value: Number.NaN }
  const logEpoch = (values: Record<string, number>, at: number, value: number): void => {
    // The last batch's fraction is the finished epoch's number: written once, so that nothing is superseded.
    if (loggedEpoch.step === at && loggedEpoch.value === value) return
    loggedEpoch = { step: at, value }
    values.epoch = value
  }

  return {
    onTrainBegin(this: { params?: FitParams } | undefined) {
      step = Math.max(step, firstStep === undefined ? shared.next : 0)
      const params = this?.params ?? {}
      batchesPerEpoch = params.steps ?? (params.samples && params.batchSize ? Math.ceil(params.samples / params.batchSize) : null)
      const epochs = (params.epochs ?? 0) - (params.initialEpoch ?? 0)
      shared.total = batchesPerEpoch !== null && epochs > 0 ? step + epochs * batchesPerEpoch : null
    },
    onEpochBegin(index: number) {
      epoch = index
      batchesInEpoch = 0
    },
    onBatchEnd(_batch: number, logs?: Logs) {
      batchesInEpoch++
      if (step % every === 0) {
        const values = renamed(logs, 'train/')
        const optimizer = model?.optimizer ?? shared.optimizer
        const rate = optimizer ? learningRate(optimizer) : null
        if (rate !== null) values.lr = rate
        if (batchesPerEpoch !== null) logEpoch(values, step, epoch + batchesInEpoch / batchesPerEpoch)
        run.log(values, step)
      }
      step++
      shared.next = Math.max(shared.next, step)
    },
    onEpochEnd(index: number, logs?: Logs) {
      // A dataset of unknown length tells it by ending.
      batchesPerEpoch ??= batchesInEpoch
      const lastStep = Math.max(0, step - 1)
      const values = renamed(logs, 'train/epoch-')
      logEpoch(values, lastStep, index + 1)
      run.log(values, lastStep)
    },
  } as CustomCallbackArgs
}

/** `loss` → `train/loss`, `val_acc` → `val/accuracy`; a layer's own `dense_acc` → `train/dense_accuracy`. */
function renamed(logs: Logs | undefined, trainPrefix: string): Record<string, number> {
  const values: Record<string, number> = {}
  for (const [key, value] of Object.entries(logs ?? {})) {
    if (typeof value !== 'number' || key === 'batch' || key === 'size') continue
    const validation = key.startsWith('val_')
    const name = (validation ? key.slice(4) : key).replace(/(^|_)acc$/, '$1accuracy').replace(/[^A-Za-z0-9_./ -]/g, '_')
    values[(validation ? 'val/' : trainPrefix) + name] = value
  }
  return values
}
