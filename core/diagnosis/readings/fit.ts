import type { RoleSeries, RunView } from '../run-view.ts'

const LAST = 0.2

/** How well a network does on what it was trained with and on what it was not, at the end: means over the last fifth. */
export interface Fit {
  train: { series: RoleSeries; accuracy: number }
  val: { series: RoleSeries; accuracy: number }
  /** Whether the training accuracy was measured like the validation's: without dropout and augmentation. */
  sameMode: boolean
}

export function readFit(run: RunView): Fit | null {
  const evaluated = run.series('train-eval-accuracy')
  const train = evaluated ?? run.series('train-epoch-accuracy', 'train-accuracy')
  const val = run.valAccuracy
  if (train === null || val === null || train.curve.n === 0 || val.curve.n === 0) return null
  return { train: { series: train, accuracy: lastMean(train) }, val: { series: val, accuracy: lastMean(val) }, sameMode: evaluated !== null }
}

/** Mean over the last fifth of the steps; of three points at least, where there are so many. */
export function lastMean({ curve }: Pick<RoleSeries, 'curve'>): number {
  const from = Math.max(0, Math.min(curve.indexAt(curve.lastStep - LAST * curve.span), curve.n - 3))
  let sum = 0
  let count = 0
  for (let i = from; i < curve.n; i++) {
    sum += curve.mean[i]! * curve.count[i]!
    count += curve.count[i]!
  }
  return sum / count
}
