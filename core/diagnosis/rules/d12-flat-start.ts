import { smoothTimeEma } from '../../smoothing/time-ema.ts'
import { lossStart } from '../readings/loss-start.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { noiseOf } from '../statistics/noise.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'

/** Share of the run that nothing happened in, and of the first loss that must be lost in the end. */
const FLAT = 0.15
const DROP = 0.1
/** Shares of the drop at which the way down has begun, and is half done. */
const BEGUN = 0.1
const HALF = 0.5
/** In standard deviations of the noise. */
const SURE = 4
/** A short wait is none, whatever share it is of a run that has just begun. */
const WAIT = { step: 60, epoch: 5 }
const POINTS = { step: 30, epoch: 15 }
/** Half life of the smoothing, as a share of the run. */
const SMOOTHING = 1 / 150

export const flatStart: Rule = {
  id: 'D12',
  code: RULE_NAMES.D12,
  title: 'Flat start',
  severities: ['warning'],
  citation: 'CS231n, "loss flat, then a sharp drop: bad initialization a prime suspect"',
  supervised: true,
  consequenceOf: ['D04', 'D06', 'D07', 'D08', 'D09', 'D10', 'D13'],
  judge(run) {
    const series = run.trainLoss
    if (series === null) return notEnoughData('log the training loss as `train/loss`')
    const grain = run.perEpoch ? 'epoch' : 'step'
    if (series.curve.points < POINTS[grain]) return notEnoughData(`at least ${POINTS[grain]} training losses`)
    return judgeLoss(run, series, WAIT[grain])
  },
}

function judgeLoss(run: RunView, series: RoleSeries, wait: number): Verdict {
  const { curve, name } = series
  const level = smoothTimeEma(curve.step, curve.value, curve.span * SMOOTHING)
  const start = startOf(series, level)
  const lowest = Math.min(...level)
  const drop = start - lowest
  if (!(drop > DROP * Math.abs(start))) return clear(`${name} has come down by ${showPercent(Math.max(0, drop / start))}: no drop to wait for.`)
  const begun = reaches(level, start - BEGUN * drop)
  const half = reaches(level, start - HALF * drop)
  const noise = noiseOf(curve.value) || 0
  const from = Math.max(curve.firstStep, run.schedule.known ? run.schedule.warmUpEnd : curve.firstStep)
  const flat = curve.step[begun]! - from
  const length = Math.max(curve.span, run.facts.totalSteps !== undefined && !run.perEpoch ? run.facts.totalSteps : 0)
  const sharp = curve.step[half]! - curve.step[begun]!
  const holds = flat > FLAT * length && flat >= wait && sharp < flat && drop > SURE * noise
  if (!holds) return clear(`${name} starts to come down at step ${Math.round(curve.step[begun]!)}.`)
  const to = Math.round(curve.step[begun]!)
  return fired('warning', [from, to], {
    confidence: confidenceBetween(flat / length, FLAT, 0.4, run.schedule.known ? 0.7 : 0.6),
    says: `${name} stays near ${show(start)} for ${showPercent(flat / length)} of the run, then drops quickly from step ${to} on.`,
    fixes: [
      'Initialise for the activation: He for ReLU, Xavier for tanh.',
      'Check the scale of the inputs.',
      'Add normalisation layers, batch norm for example.',
    ],
    evidence: [
      evidence(
        series,
        [from, to],
        { 'flat for': flat, 'share of the run': flat / length, 'half down after': sharp, 'first loss': start, 'lowest loss': lowest },
        { 'share of the run': FLAT },
      ),
    ],
  })
}

/** Level of the beginning: noise of single batches would move a mean of five. */
function startOf({ curve, sketch }: RoleSeries, level: Float64Array): number {
  if (curve.count[0]! > 5) return level[0]!
  const start = lossStart({ sketch })
  const near = Math.max(3, Math.ceil(curve.n * 0.02))
  const early = [...curve.value.subarray(0, near)].sort((a, b) => a - b)[Math.floor(near / 2)]!
  return Math.min(start, early)
}

/** First bin from which the level is below `limit` three times in a row. */
function reaches(level: Float64Array, limit: number): number {
  for (let i = 0; i < level.length; i++) if (level[i]! <= limit && (level[i + 1] ?? limit) <= limit && (level[i + 2] ?? limit) <= limit) return i
  return level.length - 1
}
