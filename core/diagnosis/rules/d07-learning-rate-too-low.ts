import { type LayerRatios, layerRatios, middle, rateFactor } from '../readings/layer-ratios.ts'
import { beganTrained, type LossProgress, lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Below this a weight takes thousands of updates to change by a tenth of itself. */
const LOW = 2e-5
/** Below this it may be slow; whether it is, the shape of the loss tells. */
const LEISURELY = 1e-4
/** What is left of the loss: hardly anything learned; and far from done. */
const UNMOVED = 0.97
const FAR = 0.8
const STEPS = { unmoved: 100, slow: 300 }
/** The second half of a slow training gains nearly as much as the first: its loss falls in a straight line. */
const STRAIGHT = 0.6
/** A rate this high is not too low: the gradients are small. */
const LARGE_RATE = 1e-2
/** A first gradient this much smaller than the last has vanished on its way. */
const VANISHED = 1e-2

export const learningRateTooLow: Rule = {
  id: 'D07',
  code: RULE_NAMES.D07,
  title: 'Learning rate too low',
  severities: ['warning'],
  citation: 'CS231n, "ratio of weights:updates" and "with low learning rates the improvements will be linear"',
  consequenceOf: ['D25'],
  judge(run) {
    const all = layerRatios(run)
    if (all.length === 0) return notEnoughData('log update ratios, `update-ratio/<layer>`: `watch(model, run)` does')
    const layers = all.filter(({ excluded }) => excluded === null)
    if (layers.length === 0) return notApplicable('no layer was measured whose ratio tells: biases and frozen layers do not')
    const progress = lossProgress(run)
    if (progress === null) return notEnoughData('log the training loss as `train/loss`')
    if (run.span < STEPS.unmoved) return notEnoughData(`at least ${STEPS.unmoved} steps`)
    const ratio = middle(layers.map(({ typical }) => typical))
    const highest = Math.max(...layers.map(({ typical }) => (Number.isNaN(typical) ? 0 : typical)))
    if (progress.broken || !(ratio < LEISURELY) || !(highest < 10 * LEISURELY))
      return clear(`Update ratios are at ${show(ratio)} in the middle of the layers.`)
    if (!(ratio > 0)) return clear('The weights do not change at all, which is another matter.')
    if (run.schedule.known && run.schedule.peak >= LARGE_RATE)
      return clear(`Updates are small, but the learning rate (${show(run.schedule.peak)}) is not: the gradients are.`)
    if (hasVanished(run)) return clear('Updates are small because the gradient vanishes on its way.')
    const slow = isSlow(run, progress, ratio)
    if (!slow) return clear(`Updates are small (${show(ratio)}), and the loss came down: to ${showPercent(progress.left)}.`)
    return describe(run, layers, progress, ratio)
  },
}

function isSlow(run: RunView, progress: LossProgress, ratio: number): boolean {
  if (beganTrained(run, progress)) return false
  // Once a schedule has lowered the rate, a loss that stands still proves nothing about the rate before.
  if (ratio < LOW && progress.left > UNMOVED) return true
  if (run.span < STEPS.slow || progress.left < FAR) return false
  return fallsStraight(progress)
}

/** Whether the loss falls all the time, and in its second half nearly as fast as in its first. */
function fallsStraight({ series: { curve }, start, now }: LossProgress): boolean {
  const third = (part: number): number => {
    const from = curve.indexAt(curve.firstStep + (part * curve.span) / 3)
    const to = part === 2 ? curve.n : curve.indexAt(curve.firstStep + ((part + 1) * curve.span) / 3)
    return curve.mean.subarray(from, to).reduce((sum, value) => sum + value, 0) / Math.max(1, to - from)
  }
  const [a, b, c] = [third(0), third(1), third(2)] as const
  return now < start && b < a && c < b && b - c > STRAIGHT * (a - b)
}

function hasVanished(run: RunView): boolean {
  const norms = run.layers('layer-gradient-norm').flatMap(({ curve }) => (curve.n > 0 ? [curve.value[curve.n >> 1]!] : []))
  return norms.length >= 2 && Math.min(...norms) < VANISHED * Math.max(...norms)
}

function describe(run: RunView, layers: readonly LayerRatios[], progress: LossProgress, ratio: number): Verdict {
  const factor = rateFactor(ratio)
  const { known, peak } = run.schedule
  return fired('warning', [progress.series.curve.firstStep, run.lastStep], {
    confidence: confidenceBetween(-Math.log10(ratio), -Math.log10(LEISURELY), -Math.log10(LOW)),
    // The rate is one for all: naming every layer would tell nothing.
    subjects: [],
    says: `Each update changes the weights by ${showPercent(ratio)}, where about 0.1 % is usual; after ${Math.round(run.span)} steps ${progress.series.name} is still at ${showPercent(progress.left)} of where it began.`,
    fixes: [
      `Multiply the learning rate by ${show(factor)}${known && peak > 0 ? `: about ${show(peak * factor)}` : ''}, and again if it does not help.`,
      'Find the highest rate that works by a range test: raise the rate step by step until the loss rises.',
    ],
    evidence: [
      evidence(
        progress.series,
        [progress.series.curve.firstStep, run.lastStep],
        { 'loss left': progress.left, 'first loss': progress.start, 'loss now': progress.now },
        { 'loss left': ratio < LOW ? UNMOVED : FAR },
      ),
      ...layers
        .slice(0, 3)
        .map(({ series, typical }) =>
          evidence(series, [series.curve.firstStep, series.curve.lastStep], { 'update ratio': typical }, { 'update ratio': LEISURELY }),
        ),
    ],
  })
}
