import { lossScale } from '../readings/loss-start.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { noiseOf } from '../statistics/noise.ts'
import { medianOfThree } from '../statistics/running-median.ts'
import { sustained } from '../sustained.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Times the first loss: no start is so bad that a healthy run climbs there again. */
const TIMES_START = 3
/** Share of what was gained that must be lost again, where something was gained: this share of the first loss at least. */
const LOST = 0.85
const GAINED = 0.3
/** Bins it must have been gained for, at most and as a share of the run: a dip of the first steps is none. */
const HELD = { bins: 5, share: 0.05 }
/** Without any gain: a steady way up to so many times the first loss. */
const RISEN = 1.5
/** From here a sentence may say that it rose, rather than that it came back. */
const SURELY = 1.2
/** Share of the loss of guessing: below it nothing is lost, however low the loss was before. */
const LEAST = 0.5
/** In standard deviations of the noise of the curve. */
const SURE = 5
const FIRST = 5

export const diverging: Rule = {
  id: 'D02',
  code: RULE_NAMES.D02,
  title: 'Diverging',
  severities: ['critical'],
  citation: 'CS231n, "stop a trial when the cost exceeds three times the initial cost"',
  early: true,
  supervised: true,
  consequenceOf: ['D03', 'D04', 'D06', 'D11'],
  judge(run) {
    const series = run.trainLoss
    if (series === null) return notEnoughData('log the training loss as `train/loss`')
    if (series.curve.n < 6) return notEnoughData('at least 6 training losses')
    if (series.curve.min.some((value) => value < 0)) return notApplicable(`${series.name} goes below 0: how far up is too far cannot be told`)
    return judgeLoss(run, series)
  },
}

function judgeLoss(run: RunView, series: RoleSeries): Verdict {
  const { name, curve, sketch } = series
  const level = medianOfThree(curve.value)
  const start = startLevel(series)
  const scale = lossScale(run, series)
  const noise = Math.max(0, noiseOf(curve.value) || 0)
  let best = Number.POSITIVE_INFINITY
  let bestStep = curve.firstStep
  let limit = Number.POSITIVE_INFINITY
  let held = 0
  const longEnough = Math.max(2, Math.min(HELD.bins, Math.ceil(HELD.share * curve.n)))
  const limits = Float64Array.from(level, (value, i) => {
    if (value < best) {
      best = value
      bestStep = curve.step[i]!
    }
    const gained = start - best
    if (value < (1 - GAINED) * start) held++
    const lost = gained > GAINED * start && held >= longEnough ? best + LOST * gained : RISEN * start
    limit = Math.max(Math.min(lost, TIMES_START * start), best + SURE * noise, LEAST * scale)
    return limit
  })
  const stretch = sustained(curve.n, (i) => level[i]! > limits[i]!).at(-1)
  const now = level[level.length - 1]!
  if (!stretch?.open || !(now > limit)) return clear(`${name} stays below ${show(limit)}.`)
  // Within the noise of single batches there is no saying.
  const deviation = batchDeviation(sketch.ends.first.value)
  if (now - start < 0 && now - best < deviation * 2) return clear(`${name} stays within its noise.`)
  const firstStep = curve.firstSteps[stretch.from]!
  return fired('critical', [firstStep, run.lastStep], {
    confidence: confidenceBetween(now / limit, 1, 2),
    says:
      now > SURELY * start
        ? `${name} rises: it began at ${show(start)} and is at ${show(now)}.`
        : `${name} lost what it had gained: down from ${show(start)} to ${show(best)}, and up again to ${show(now)}.`,
    fixes: [
      'Lower the learning rate to a third or a tenth.',
      'Warm the learning rate up, or clip the norm of the gradient.',
      'If the loss rises from the first step on: look for a wrong sign.',
    ],
    evidence: [evidence(series, [bestStep, run.lastStep], { 'first loss': start, 'lowest loss': best, 'loss now': now }, { 'loss now': limit })],
  })
}

/** Mean of the first five losses. */
function startLevel({ sketch, curve }: RoleSeries): number {
  const values = sketch.ends.first.value.filter(Number.isFinite).slice(0, FIRST)
  return values.length === 0 ? curve.value[0]! : values.reduce((sum, value) => sum + value, 0) / values.length
}

function batchDeviation(values: Float64Array): number {
  const noise = noiseOf(values.filter(Number.isFinite))
  return Number.isFinite(noise) ? noise : 0
}
