import { lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { sustained } from '../sustained.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'

const STEPS = 100
/** What is left of the data loss. A network that has learned its task has less loss than penalty: that is how it should be. */
const FAR = { gradient: 0.15, loss: 0.5 }
/**
 * The penalty's part over the data's. Where training has come to rest both gradients are equally large, whatever the decay: what counts is
 * that they were so nearly from the beginning.
 */
const LARGE = { gradient: 0.9, loss: 1 }
const BEGINNING = 0.25
/** Share that weights may shrink to before nothing of the network is left. */
const SHRUNK = 0.1
const STUCK = 0.9

const FIXES = [
  'Divide the weight decay by ten, and again until the data loss falls.',
  'Do not decay biases and normalisation weights.',
  'Check whether the penalty is summed where it should be averaged.',
]

export const penaltyDominates: Rule = {
  id: 'D24',
  code: RULE_NAMES.D24,
  title: 'The penalty dominates',
  severities: ['warning'],
  citation: 'CS231n, data loss and regularization loss are to be looked at apart',
  consequenceOf: [],
  judge(run) {
    const penalty = run.series('penalty')
    const pull = run.series('penalty-gradient-norm')
    const weights = run.series('weight-norm')
    if (penalty === null && pull === null && weights === null)
      return notEnoughData('log what regularization adds to the loss, `train/penalty`, apart from the data loss')
    const progress = lossProgress(run)
    if (progress === null) return notEnoughData('log the training loss as `train/loss`')
    if (run.span < STEPS) return notEnoughData(`at least ${STEPS} steps`)
    if (progress.broken) return clear('The loss is no number any more, which is another matter.')
    if (progress.left <= FAR.gradient)
      return clear(`The data loss came down to ${showPercent(progress.left)} of where it began, whatever the penalty.`)
    const data = run.series('data-loss', 'train-loss', 'train-epoch-loss')
    const gradient = run.series('data-gradient-norm', 'gradient-norm')
    return (
      (pull && gradient && above(run, { penalty: pull, data: gradient, left: progress.left }, 'gradient')) ??
      (penalty && data && progress.left > FAR.loss ? above(run, { penalty, data, left: progress.left }, 'loss') : null) ??
      (weights && progress.left > STUCK ? shrunk(run, weights) : null) ??
      clear('The penalty is smaller than the data loss.')
    )
  },
}

/** Whether the penalty's part was the larger one for 100 steps, from early on. */
function above(
  run: RunView,
  { penalty, data, left }: { penalty: RoleSeries; data: RoleSeries; left: number },
  what: 'gradient' | 'loss',
): Verdict | null {
  const { curve } = penalty
  const smooth = (step: number): number => {
    const at = Math.min(data.curve.n - 1, data.curve.indexAt(step))
    const values = Array.from(data.curve.mean.subarray(Math.max(0, at - 2), at + 3)).sort((a, b) => a - b)
    return values[values.length >> 1] ?? Number.NaN
  }
  const early = run.firstStep + Math.max(STEPS, BEGINNING * run.span)
  const stretch = sustained(curve.n, (i) => curve.value[i]! > LARGE[what] * smooth(curve.step[i]!)).find(
    ({ from, to }) => curve.firstSteps[from]! <= early && curve.lastSteps[to]! - curve.firstSteps[from]! >= STEPS,
  )
  if (!stretch) return null
  const fromStep = curve.firstSteps[stretch.from]!
  const toStep = curve.lastSteps[stretch.to]!
  const at = (stretch.from + stretch.to) >> 1
  const [mine, other] = [curve.value[at]!, smooth(curve.step[at]!)]
  return fired('warning', [fromStep, run.lastStep], {
    confidence: confidenceBetween(mine / other, LARGE[what], 3, 0.65),
    says:
      what === 'gradient'
        ? `Weight decay pulls as hard as the data or harder: the gradient of the penalty has norm ${show(mine)}, that of the data loss ${show(other)}, and the data loss is at ${showPercent(left)} of where it began.`
        : `The penalty (${show(mine)}) is larger than the data loss (${show(other)}), which is at ${showPercent(left)} of where it began.`,
    fixes: FIXES,
    evidence: [
      evidence(
        penalty,
        [fromStep, curve.lastStep],
        { [`${what} of the penalty`]: mine, 'penalty over data': mine / other },
        { 'penalty over data': LARGE[what] },
      ),
      evidence(data, [fromStep, toStep], { [`${what} of the data`]: other }),
    ],
  })
}

/** Decay past the gradient leaves no penalty to be logged: its trace is that the weights go to 0 and nothing is learned. */
function shrunk(run: RunView, weights: RoleSeries): Verdict | null {
  const { curve } = weights
  const [first, last] = [curve.value[0], curve.value[curve.n - 1]]
  if (first === undefined || last === undefined || curve.span < STEPS || !(last < SHRUNK * first)) return null
  return fired('warning', [curve.firstStep, run.lastStep], {
    confidence: confidenceBetween(-Math.log10(last / first), 1, 2, 0.65),
    says: `All weights together shrank to ${showPercent(last / first)} of their first norm, and nothing is learned: decay takes away more than the data gives.`,
    fixes: FIXES,
    evidence: [
      evidence(
        weights,
        [curve.firstStep, curve.lastStep],
        { 'weight norm at first': first, 'weight norm now': last, 'share left': last / first },
        { 'share left': SHRUNK },
      ),
    ],
  })
}
