import { lastMean } from '../readings/fit.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { robustTrend } from '../statistics/trend.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

const SHARE = 0.2
/** Of all evaluations, and of those in the last part. */
const EVALUATIONS = 8
const LAST = { few: 5, share: 0.4, enough: 8 }
const ROOM = 0.9
const CHANCE = 0.05
/** Gain to expect from as many steps again as the last part has: of an accuracy, and of a loss as a share of it and of the first one. */
const GAIN = { accuracy: 0.005, loss: 0.02, ofFirst: 0.01 }

export const stillImproving: Rule = {
  id: 'D18',
  code: RULE_NAMES.D18,
  title: 'Still improving',
  severities: ['info'],
  citation: 'EECS 498-007 lecture 11: accuracy still going up: train longer; Theil–Sen slope, Mann–Kendall test',
  consequenceOf: ['D07', 'D12', 'D17'],
  judge(run) {
    const metrics = [run.valAccuracy, run.valLoss].filter((one) => one !== null)
    if (metrics.length === 0) return notEnoughData('log a validation metric, `val/accuracy` or `val/loss`')
    const long = metrics.filter((one) => one.curve.n >= EVALUATIONS && (one === run.valAccuracy || hasRoom(run.valAccuracy)))
    if (long.length === 0) return notEnoughData(`at least ${EVALUATIONS} evaluations`)
    const verdicts = long.map((one) => judgeMetric(one, one === run.valAccuracy ? 'accuracy' : 'loss'))
    return verdicts.find(({ state }) => state === 'fired') ?? verdicts[0]!
  },
}

/** Where nearly everything is right, a loss that still falls only makes the network surer of itself. */
function hasRoom(accuracy: RoleSeries | null): boolean {
  return accuracy === null || lastMean(accuracy) < ROOM
}

/** Whether one metric still gets better over the last part of its evaluations. */
export function judgeMetric(series: RoleSeries, kind: 'accuracy' | 'loss'): Verdict {
  const { curve, name } = series
  const least = Math.max(LAST.few, Math.min(LAST.enough, Math.floor(LAST.share * curve.n)))
  const from = Math.min(curve.indexAt(curve.lastStep - SHARE * curve.span), curve.n - least)
  const { slope, p } = robustTrend(curve.step, curve.value, from, curve.n)
  const length = curve.lastStep - curve.firstSteps[from]!
  const now = curve.value[curve.n - 1]!
  const gain = kind === 'accuracy' ? slope * length : -slope * length
  const gainLeast = kind === 'accuracy' ? GAIN.accuracy : Math.max(GAIN.loss * Math.abs(now), GAIN.ofFirst * Math.abs(curve.value[0]!))
  if (!(gain >= gainLeast) || p >= CHANCE) return clear(`${name} has come to rest at ${show(now)}.`)
  const fromStep = curve.firstSteps[from]!
  return fired('info', [fromStep, curve.lastStep], {
    confidence: 1 - p,
    says: `${name} was still ${kind === 'accuracy' ? 'rising' : 'falling'} at the end: as many steps again as since step ${fromStep} would bring about ${
      kind === 'accuracy' ? `${showPercent(gain)} more` : `${show(gain)} less`
    }.`,
    fixes: ['Train for more epochs.', 'With a schedule that ends at 0: make it longer, rather than going on after it.'],
    evidence: [evidence(series, [fromStep, curve.lastStep], { 'gain in the last part': gain, p }, { 'gain in the last part': gainLeast, p: CHANCE })],
  })
}
