import type { RoleSeries, RunView } from '../run-view.ts'
import { regress } from '../statistics/trend.ts'
import { lossStart } from './loss-start.ts'

export interface Plateau {
  series: RoleSeries
  fromStep: number
  /** Mean loss there. */
  level: number
  start: number
  /** Trend of the loss over its standard error. */
  t: number
  /** Whether the learning rate was being lowered meanwhile. */
  decaying: boolean
}

const SHARE = 0.3
/** |t| below which there is no trend: noise alone passes it once in a hundred runs. */
export const FLAT = 2.6
/** A slope that would not lower the loss by so much over the whole run is flat, however sure. */
const SLIGHT = 0.01
const POINTS = { step: 30, epoch: 12 }

/** The last 30 % of the training loss when they have no trend, or one that is `slight`, as a share of the loss over a whole run; null when it still moves or is too short. */
export function readPlateau(run: RunView, slight = SLIGHT): Plateau | 'moving' | null {
  const series = run.trainLoss
  if (series === null) return null
  const { curve } = series
  if (curve.points < (run.perEpoch ? POINTS.epoch : POINTS.step)) return null
  const from = curve.indexAt(curve.lastStep - SHARE * curve.span)
  if (curve.n - from < 4) return null
  const { slope, t } = regress(curve.step, curve.mean, from, curve.n)
  const level = curve.mean.subarray(from).reduce((sum, value) => sum + value, 0) / (curve.n - from)
  if (Math.abs(t) >= FLAT && Math.abs(slope) * curve.span > slight * Math.abs(level)) return 'moving'
  const { schedule } = run
  const fromStep = curve.firstSteps[from]!
  return { series, fromStep, level, start: lossStart(series), t, decaying: schedule.known && schedule.constantFrom > fromStep }
}
