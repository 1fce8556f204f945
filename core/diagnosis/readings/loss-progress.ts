import type { RoleSeries, RunView } from '../run-view.ts'
import { chanceOf } from './chance.ts'
import { lossStart } from './loss-start.ts'

/** How far the training loss has come. */
export interface LossProgress {
  series: RoleSeries
  /** Mean of the first five. */
  start: number
  /** Mean over the last tenth of the steps, three bins at least. */
  now: number
  /** Lowest level of three neighbouring bins, and where. */
  best: number
  bestStep: number
  /** Whether the last losses were not finite. */
  broken: boolean
  /**
   * What is left of the loss: `now` over the loss that one begins with, which is that of guessing where `start` lies above it (a bad start is
   * no progress to come back from). 1 is no progress; Infinity a loss that broke.
   */
  left: number
}

const LAST = 0.1
const BINS = 3
/** A first loss below this share of guessing is that of a network which knows something. */
const KNOWS = 0.7

/** Null without a training loss, or with one that is not above 0, whose progress has no scale. */
export function lossProgress(run: RunView): LossProgress | null {
  const series = run.trainLoss ?? run.series('train-eval-loss') ?? run.valLoss
  if (series === null) return null
  const { curve, sketch } = series
  const start = lossStart(series)
  if (!(start > 0)) return null
  const broken = sketch.nonFinite.open !== null
  const now = curve.n === 0 ? start : meanOf(series, Math.min(curve.indexAt(curve.lastStep - LAST * curve.span), Math.max(0, curve.n - BINS)))
  let best = start
  let bestStep = curve.firstStep
  for (let i = BINS - 1; i < curve.n; i++) {
    const level = (curve.mean[i]! + curve.mean[i - 1]! + curve.mean[i - 2]!) / BINS
    if (level < best) {
      best = level
      bestStep = curve.step[i]!
    }
  }
  const guessing = guessingLoss(run)
  const from = guessing !== null && start > guessing ? guessing : start
  return { series, start, now, best, bestStep, broken, left: broken ? Number.POSITIVE_INFINITY : now / from }
}

/** Whether the network began with what an earlier training had learned, as far as its first loss tells. */
export function beganTrained(run: RunView, { start }: LossProgress): boolean {
  const guessing = guessingLoss(run)
  return run.facts.pretrained === true || (guessing !== null && start < KNOWS * guessing)
}

function guessingLoss({ facts }: RunView): number | null {
  return chanceOf(facts)?.losses[0] ?? null
}

function meanOf({ curve }: RoleSeries, from: number): number {
  let sum = 0
  let count = 0
  for (let i = from; i < curve.n; i++) {
    sum += curve.mean[i]! * curve.count[i]!
    count += curve.count[i]!
  }
  return sum / count
}
