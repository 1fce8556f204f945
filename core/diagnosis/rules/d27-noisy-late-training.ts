import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { show } from '../show-number.ts'
import { noiseOf } from '../statistics/noise.ts'
import { robustTrend } from '../statistics/trend.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

const SHARE = 0.3
const EVALUATIONS = 6
/** Noise that nobody would see: of an accuracy, and of a loss as a share of it and of the first one. */
const LEAST = { accuracy: 0.01, loss: 0.03, ofFirst: 0.01 }

export const noisyLateTraining: Rule = {
  id: 'D27',
  code: RULE_NAMES.D27,
  title: 'Noisy late training',
  severities: ['info'],
  citation: 'Google Tuning Playbook: evaluations that jump late in training call for decay, larger batches or averaged weights',
  supervised: true,
  consequenceOf: ['D02', 'D06', 'D15', 'D16'],
  judge(run) {
    const series = run.valLoss ?? run.valAccuracy
    if (series === null) return notEnoughData('log a validation metric, `val/loss` or `val/accuracy`')
    const { curve, name } = series
    const from = curve.indexAt(curve.lastStep - SHARE * curve.span)
    if (curve.n - from < EVALUATIONS) return notEnoughData(`at least ${EVALUATIONS} evaluations in the last ${SHARE * 100} % of the run`)
    const noise = noiseOf(curve.value, from, curve.n)
    const { slope, p } = robustTrend(curve.step, curve.value, from, curve.n)
    // A slope that may be chance is no gain.
    const change = p < 0.05 ? Math.abs(slope) * (curve.lastStep - curve.step[from]!) : 0
    const now = curve.value[curve.n - 1]!
    const least = series === run.valLoss ? Math.max(LEAST.loss * Math.abs(now), LEAST.ofFirst * Math.abs(curve.value[0]!)) : LEAST.accuracy
    if (!(noise > Math.max(change, least))) return clear(`${name} varies by ${show(noise)} from evaluation to evaluation.`)
    const fromStep = curve.firstSteps[from]!
    return fired('info', [fromStep, curve.lastStep], {
      confidence: 0.7,
      says: `${name} varies by ${show(noise)} from evaluation to evaluation and has changed by ${show(change)} since step ${fromStep}: which is the best one is luck.`,
      fixes: ['Lower the learning rate towards the end.', 'Use larger batches, or average the weights (EMA).', 'Evaluate on more examples.'],
      evidence: [evidence(series, [fromStep, curve.lastStep], { noise, change }, { noise: Math.max(change, least) })],
    })
  },
}
