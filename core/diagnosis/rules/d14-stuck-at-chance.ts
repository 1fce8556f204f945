import { type Chance, chanceOf, impliedChance, twoStandardErrors } from '../readings/chance.ts'
import { lastMean } from '../readings/fit.ts'
import { lossStart } from '../readings/loss-start.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { regress } from '../statistics/trend.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

/** Share of the loss of guessing. */
const NEAR = 0.05
/** A loss so close below that of guessing, or above it, holds nothing about the labels. */
const AT = 0.02
const STEPS = 200
const EPOCHS = 3
/** Without a known epoch: one of a small data set. */
const POINTS = 20
/** A loss that goes down by so much of itself over the second half of the run has begun to learn. */
const LEARNING = 0.01
const SURE = 4

export const stuckAtChance: Rule = {
  id: 'D14',
  code: RULE_NAMES.D14,
  title: 'Stuck at chance',
  severities: ['critical'],
  citation: 'CS231n, "loss at chance performance"; TheDeepChecker, loss not decreasing',
  consequenceOf: ['D03', 'D04', 'D05', 'D06', 'D07', 'D08', 'D09', 'D10', 'D11', 'D13', 'D24'],
  judge(run) {
    const series = run.trainLoss
    if (series === null) return notEnoughData('log the training loss as `train/loss`')
    const { curve } = series
    const least = run.perEpoch ? EPOCHS : Math.max(STEPS, run.stepsPerEpoch ?? 0)
    if (run.perEpoch ? curve.points < EPOCHS : curve.span + 1 < least || curve.points < POINTS)
      return notEnoughData(run.perEpoch ? `at least ${EPOCHS} epochs` : `one epoch, and at least ${STEPS} steps`)
    const accuracies = [run.valAccuracy, run.series('train-eval-accuracy', 'train-epoch-accuracy', 'train-accuracy')].filter((one) => one !== null)
    // Of a few hundred examples one accuracy may be some points off; both together are less so.
    const accuracy = accuracies.length > 0 ? accuracies.reduce((sum, one) => sum + lastMean(one), 0) / accuracies.length : null
    const said = chanceOf(run.facts)
    const chance = said ?? (accuracy === null ? null : impliedChance(lastMean(series), accuracy))
    if (chance === null)
      return accuracy === null || run.facts.loss !== undefined
        ? notEnoughData('say how many classes there are, as a setting `num_classes` or a fact `classes`')
        : clear(`${series.name} and the accuracy do not fit together as guessing would.`)
    return judgeLoss(run, series, chance, { best: accuracy, accuracies })
  },
}

interface Measured {
  best: number | null
  accuracies: readonly RoleSeries[]
}

function judgeLoss(run: RunView, series: RoleSeries, chance: Chance, { best, accuracies }: Measured): Verdict {
  const { curve, name } = series
  const loss = lastMean(series)
  const nearest = chance.losses.reduce((a, b) => (Math.abs(b - loss) < Math.abs(a - loss) ? b : a))
  const near = Math.abs(loss - nearest) < NEAR * nearest
  // A penalty in the loss, or another scale: then it has at least not moved.
  const start = lossStart(series)
  const unmoved = loss > (1 - NEAR) * start && loss < 2 * start
  const error = twoStandardErrors(chance.accuracy, run.validationExamples)
  const limit = chance.accuracy + (near && loss > (1 - AT) * nearest ? 1.5 * error : error)
  const guesses = best === null ? near : best <= limit
  if (!guesses || !(near || (unmoved && best !== null)))
    return clear(`${name} is at ${show(loss)}, guessing gives ${show(nearest)}${best === null ? '' : `; the accuracy is ${showPercent(best)}`}.`)
  const half = curve.indexAt(curve.firstStep + curve.span / 2)
  const { slope, t } = regress(curve.step, curve.mean, half, curve.n)
  if (t < -SURE && -slope * curve.span * 0.5 > LEARNING * nearest) return clear(`${name} is near that of guessing, but coming down.`)
  const firstStep = leftFor(series, nearest)
  return fired('critical', [firstStep, curve.lastStep], {
    confidence: (best === null ? 0.7 : 0.85) + (near ? 0.1 : 0),
    says: `${name} is ${show(loss)} and guessing between ${chance.classes} classes gives ${show(nearest)}${
      best === null ? '' : `; an accuracy of ${showPercent(best)} is no better than always saying the largest class`
    }.`,
    fixes: [
      'Look at the earliest finding about this run: it is the likeliest cause.',
      'Check that inputs and labels belong together and are shuffled as one.',
      'Train on 20 examples without regularization: if that fails too, the code or the learning rate is wrong.',
    ],
    evidence: [
      evidence(series, [firstStep, curve.lastStep], { loss, 'loss of guessing': nearest }, { 'share of the loss of guessing': NEAR }),
      ...(best === null
        ? []
        : accuracies.slice(0, 1).map((one) => evidence(one, [firstStep, one.curve.lastStep], { accuracy: best }, { accuracy: limit }))),
    ],
  })
}

/** Since when the loss has not left the level it is at. */
function leftFor({ curve }: RoleSeries, level: number): number {
  let i = curve.n - 1
  while (i > 0 && curve.value[i - 1]! > (1 - 2 * NEAR) * level) i--
  return curve.firstSteps[i]!
}
