import { type GradientProfile, gradientProfile } from '../readings/gradient-profile.ts'
import { lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'

/** Times the level around it, so often within so many steps. */
const BURST = 10
const BURSTS = 3
const WITHIN = 100
const SAMPLES_WITHIN = 10
/** The norm of the first steps is that of a network that knows nothing. */
const SKIP = 20
/** Times what the norm was at first: as a training converges its gradient becomes small, and a single odd batch is a burst by ratio alone. */
const LARGE = 3
/** Norm at the first kernel over that at the last. */
const GROWN = 1e2
/** Norm over the loss itself, which scales alike: no sane start has that. */
const HUGE = 1e2
/** Of both less, but together. */
const BOTH = 30

export const explodingGradient: Rule = {
  id: 'D11',
  code: RULE_NAMES.D11,
  title: 'Exploding gradient',
  severities: ['warning'],
  citation: 'Tuning Playbook (clip near the 90th percentile of the norms); AutoTrainer (ICSE 2021)',
  consequenceOf: ['D03', 'D04', 'D06'],
  judge(run) {
    const norm = run.series('gradient-norm', 'data-gradient-norm')
    const profile = gradientProfile(run)
    if (norm === null && profile === null) return notEnoughData('log the norm of the gradient, `gradient-norm/global`')
    if (norm !== null && norm.curve.points < SKIP && profile === null) return notEnoughData(`at least ${SKIP} gradient norms`)
    return (
      (norm && bursts(run, norm)) ??
      (profile && grown(run, profile)) ??
      (norm && huge(run, norm)) ??
      clear(
        norm
          ? `The gradient norm stays near ${show(norm.curve.value[norm.curve.n >> 1] ?? Number.NaN)}.`
          : 'The gradient has one size in all layers.',
      )
    )
  },
}

const FIXES = [
  'Clip the norm of the gradient near the 90th percentile of its usual values.',
  'Warm the learning rate up, or lower it.',
  'Check the scale of the initial weights and of the inputs; add a normalisation.',
]

function bursts(run: RunView, norm: RoleSeries): Verdict | null {
  const { curve, sketch } = norm
  const early = earlyLevel(norm)
  const found = sketch.spikes.kept.filter(({ step, value, level }) => step >= run.firstStep + SKIP && value > BURST * level && value > LARGE * early)
  // Of a norm that is logged now and then, ten samples are the window.
  const within = Math.max(WITHIN, SAMPLES_WITHIN * (curve.span / Math.max(1, curve.points - 1)))
  let from = -1
  for (let i = BURSTS - 1; i < found.length && from < 0; i++) if (found[i]!.step - found[i - BURSTS + 1]!.step <= within) from = i - BURSTS + 1
  if (from < 0) return null
  const dense = found.slice(from)
  const largest = dense.reduce((most, one) => (one.value > most.value ? one : most))
  return fired('warning', [dense[0]!.step, dense[dense.length - 1]!.step], {
    confidence: confidenceBetween(dense.length, BURSTS, 3 * BURSTS, 0.7),
    says: `The gradient norm bursts: ${dense.length} times more than ${BURST} times its level, once ${show(largest.value)} where ${show(largest.level)} is usual.`,
    fixes: FIXES,
    evidence: [
      evidence(
        norm,
        [dense[0]!.step, Math.min(curve.lastStep, dense[dense.length - 1]!.step)],
        { bursts: dense.length, 'largest norm': largest.value, 'norm before it': largest.level },
        { bursts: BURSTS, 'norm over its level': BURST },
      ),
    ],
  })
}

/** Level of the norm while the network knows little: the higher of the medians of the first 20 steps and of the hundred after them. */
function earlyLevel({ curve }: RoleSeries): number {
  const split = Math.min(curve.indexAt(curve.firstStep + SKIP), Math.max(0, curve.n - 1))
  const median = (from: number, to: number): number => {
    const values = Array.from(curve.value.subarray(from, to)).sort((a, b) => a - b)
    return values[values.length >> 1] ?? Number.NEGATIVE_INFINITY
  }
  return curve.n === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(median(0, split), median(split, Math.max(split + 3, curve.indexAt(curve.firstStep + SKIP + WITHIN))))
}

function grown(run: RunView, { ratio, layers, ordered, fromStep, toStep, samples }: GradientProfile): Verdict | null {
  const isGrown = ratio > GROWN || (ratio > BOTH && sizeOverLoss(run) > BOTH)
  if (!ordered || !isGrown || samples < BURSTS) return null
  const first = layers[0]!
  const last = layers[layers.length - 1]!
  // A last layer whose gradient is 0 has learned, or is cut off: nothing grew.
  if (!(last.norm > 1e-6 * first.norm)) return null
  return fired('warning', [fromStep, run.lastStep], {
    confidence: confidenceBetween(Math.log10(ratio), Math.log10(BOTH), 4, 0.6),
    subjects: layers.filter(({ norm }) => norm > 10 * last.norm).map(({ layer }) => layer),
    says: `The gradient grows on its way back: at ${first.layer} its norm is ${show(ratio)} times that at ${last.layer}.`,
    fixes: ['Start with smaller weights: He for ReLU, Xavier for tanh.', ...FIXES.slice(0, 2)],
    evidence: [first, last].map(({ series, norm }) =>
      evidence(series, [fromStep, toStep], { 'gradient norm': norm, 'first over last': ratio }, { 'first over last': ratio > GROWN ? GROWN : BOTH }),
    ),
  })
}

/** The norm of the first steps over the first loss, or over 1 where that is smaller; 0 where one of them is not known. */
function sizeOverLoss(run: RunView): number {
  const norm = run.series('gradient-norm', 'data-gradient-norm')
  const start = lossProgress(run)?.start
  const early = norm ? earlyLevel(norm) : Number.POSITIVE_INFINITY
  return start === undefined || early === Number.POSITIVE_INFINITY ? 0 : early / Math.max(1, start)
}

function huge(run: RunView, norm: RoleSeries): Verdict | null {
  const { curve } = norm
  const early = earlyLevel(norm)
  const overLoss = sizeOverLoss(run)
  if (!(overLoss > HUGE)) return null
  return fired('warning', [curve.firstStep, run.lastStep], {
    confidence: 0.65,
    says: `The gradient norm is about ${show(early)} in the first steps, ${show(overLoss)} times the loss.`,
    fixes: FIXES,
    evidence: [
      evidence(
        norm,
        [curve.firstStep, Math.min(curve.lastStep, curve.firstStep + SKIP + WITHIN)],
        { 'gradient norm': early, 'norm over loss': overLoss },
        { 'norm over loss': HUGE },
      ),
    ],
  })
}
