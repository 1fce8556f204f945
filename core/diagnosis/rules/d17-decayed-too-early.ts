import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import type { Curve } from '../series/curve.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** A smaller drop leaves enough to learn with. */
const DROP = 3
/** Standard errors that the loss must have been falling by, and share of its pace that may be left. */
const FALLING = 3
const PACE_LEFT = 0.15
/** A loss that is this small beside the first had nothing left to gain. */
const DONE = 0.05
const MOST_WINDOW = 0.08

export const decayedTooEarly: Rule = {
  id: 'D17',
  code: RULE_NAMES.D17,
  title: 'Learning rate decayed too early',
  severities: ['warning'],
  citation: 'EECS 498-007 lecture 11: a step decay while the loss was still falling',
  supervised: true,
  consequenceOf: [],
  judge(run) {
    const series = run.trainLoss
    if (series === null) return notEnoughData('log the training loss as `train/loss`')
    const { schedule } = run
    if (!schedule.known) return notEnoughData('log the learning rate of each step as `lr`')
    const drops = schedule.drops.filter(({ factor }) => factor >= DROP)
    if (drops.length === 0) return notApplicable('the learning rate made no sudden drop to a third or less')
    for (const { step, factor } of drops) {
      const found = judgeDrop(run, series, step, factor)
      if (found === 'too-few') return notEnoughData('the training loss more often: at least ten times between two changes of the learning rate')
      if (found) return found
    }
    return clear('The loss had come to rest, or went on falling, where the learning rate dropped.')
  },
}

function judgeDrop(run: RunView, series: RoleSeries, step: number, factor: number): Verdict | 'too-few' | null {
  const { curve, name } = series
  const done = step - curve.firstStep
  const left = curve.lastStep - step
  const window = Math.min(done / 2, left / 3, MOST_WINDOW * curve.span)
  const earlier = windowOf(curve, step - 2 * window, step - window)
  const before = windowOf(curve, step - window, step)
  const after = windowOf(curve, step, step + window)
  const end = windowOf(curve, curve.lastStep - window, curve.lastStep + 1)
  if (!earlier || !before || !after || !end) return 'too-few'
  const first = curve.value[0]!
  const gained = earlier.mean - before.mean
  const z = gained / Math.hypot(earlier.error, before.error)
  const jump = before.mean - after.mean
  // Pace of the time after the jump beside that before, both per window.
  const pace = (after.mean - end.mean) / Math.max(1, (left - window) / window) / gained
  if (!(z > FALLING) || !(jump < gained) || !(pace < PACE_LEFT) || end.mean < DONE * first) return null
  const at = Math.round(step)
  return fired('warning', [at, curve.lastStep], {
    confidence: Math.min(1, 0.6 + 0.05 * (z - FALLING)),
    says: `The learning rate dropped to a ${show(factor)}th at step ${at} while ${name} was still falling; since then it fell at ${showPercent(Math.max(0, pace))} of that pace.`,
    fixes: ['Keep the high learning rate until the loss is flat.', 'Or let the rate follow a cosine, which needs no time to be chosen.'],
    evidence: [
      evidence(
        series,
        [Math.round(step - 2 * window), curve.lastStep],
        { 'gain before': gained, 'gain across the drop': jump, 'pace left': pace, 'standard errors': z },
        { 'pace left': PACE_LEFT, 'standard errors': FALLING },
      ),
      ...rateEvidence(run, at),
    ],
  })
}

function rateEvidence(run: RunView, step: number) {
  const rate = run.series('learning-rate')
  return rate ? [evidence(rate, [step, run.lastStep], { peak: run.schedule.peak, last: run.schedule.last })] : []
}

/** Mean of the points whose bin lies in the window, and its standard error; null without two points. */
function windowOf(curve: Curve, from: number, to: number): { mean: number; error: number } | null {
  let count = 0
  let sum = 0
  let squares = 0
  for (let i = curve.indexAt(from); i < curve.n && curve.step[i]! < to; i++) {
    const n = curve.count[i]!
    count += n
    sum += n * curve.mean[i]!
    squares += n * curve.mean[i]! ** 2 + (n > 1 ? (n - 1) * curve.deviation[i]! ** 2 : 0)
  }
  if (count < 2) return null
  const mean = sum / count
  return { mean, error: Math.sqrt(Math.max(0, squares / count - mean * mean) / (count - 1)) }
}
