import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { noiseOf } from '../statistics/noise.ts'
import { medianOfThree } from '../statistics/running-median.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'

const EVALUATIONS = 6
/** The lowest validation loss lies before this share of the run. */
const BEFORE = 0.85
const WARN = 1.05
const CRITICAL = 1.25
/** In standard deviations of the noise of the validation loss. */
const SURE = 3
/** Share of the way down that the training loss may have come up again. */
const TRAIN_RISE = 0.05
/** Share of the way down: what is less is nothing, however large beside a loss near 0. */
const LEAST_RISE = 0.02
/** An accuracy that is so close to its best has not suffered. */
const UNHARMED = 0.005

export const overfitting: Rule = {
  id: 'D19',
  code: RULE_NAMES.D19,
  title: 'Overfitting',
  severities: ['critical', 'warning', 'info'],
  citation: 'EECS 498-007 lecture 11; Google Tuning Playbook: overfitting is a problem when the validation error rises',
  supervised: true,
  consequenceOf: [],
  judge(run) {
    const { valLoss } = run
    const train = run.series('train-eval-loss', 'train-epoch-loss', 'train-loss')
    if (valLoss === null) return notEnoughData('log the validation loss as `val/loss`')
    if (train === null) return notEnoughData('log the training loss as `train/loss`')
    const { curve, name } = valLoss
    if (curve.n < EVALUATIONS) return notEnoughData(`at least ${EVALUATIONS} evaluations of the validation loss`)
    const seen = rise(valLoss)
    if (!seen.rises || seen.bestStep > curve.firstStep + BEFORE * curve.span)
      return clear(`${name} ends at ${show(seen.end)}; its lowest is ${show(seen.best)}.`)
    const trained = fallen(train, seen.bestStep)
    if (!trained) return clear(`${name} rises, but so does the training loss.`)
    const harmless = isUnharmed(run)
    const critical = seen.ratio > CRITICAL
    const step = Math.round(seen.bestStep)
    return fired(harmless ? (critical ? 'warning' : 'info') : critical ? 'critical' : 'warning', [step, curve.lastStep], {
      confidence: confidenceBetween(seen.ratio, WARN, CRITICAL),
      says: `${name} rose by ${showPercent(seen.ratio - 1)} since step ${step} while the training loss went on falling${harmless ? '; the accuracy did not suffer' : ''}.`,
      fixes: [
        `Keep the weights of step ${step}: stop early, or restore the best checkpoint.`,
        'Regularize more: weight decay, dropout, augmentation.',
        'Get more training data.',
      ],
      evidence: [
        evidence(valLoss, [step, curve.lastStep], { lowest: seen.best, end: seen.end, 'end over lowest': seen.ratio }, { 'end over lowest': WARN }),
        evidence(train, [step, train.curve.lastStep], { 'at the lowest': trained.then, end: trained.end }),
      ],
    })
  },
}

interface Rise {
  best: number
  bestStep: number
  end: number
  ratio: number
  rises: boolean
}

function rise({ curve }: RoleSeries): Rise {
  const level = medianOfThree(curve.value)
  let at = 0
  for (let i = 0; i < curve.n; i++) if (level[i]! < level[at]!) at = i
  const best = level[at]!
  const end = level[curve.n - 1]!
  const noise = noiseOf(curve.value) || 0
  // A loss below 0 has no ratio to it; the way down is the only scale.
  const scale = best > 0 ? best : level[0]! - best
  const ratio = 1 + (end - best) / scale
  const rises = ratio > WARN && end - best > SURE * noise && end - best > LEAST_RISE * (level[0]! - best)
  return { best, bestStep: curve.step[at]!, end, ratio, rises }
}

/** Training loss at a step and at the end, when it went on falling or stayed low. */
function fallen({ curve }: RoleSeries, step: number): { then: number; end: number } | null {
  const level = medianOfThree(curve.value)
  const first = level[0]!
  const lowest = Math.min(...level)
  const end = level[curve.n - 1]!
  const then = level[Math.min(curve.n - 1, curve.indexAt(step))]!
  const noise = noiseOf(curve.value) || 0
  return end <= Math.max(lowest + TRAIN_RISE * (first - lowest), lowest + 3 * noise) && end <= then + noise ? { then, end } : null
}

function isUnharmed({ valAccuracy }: RunView): boolean {
  if (valAccuracy === null || valAccuracy.curve.n < 3) return false
  const level = medianOfThree(valAccuracy.curve.value)
  return level[level.length - 1]! >= Math.max(...level) - UNHARMED
}
