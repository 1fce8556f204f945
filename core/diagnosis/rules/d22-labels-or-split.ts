import { chanceOf, twoStandardErrors } from '../readings/chance.ts'
import { lastMean } from '../readings/fit.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { showPercent } from '../show-number.ts'
import { sustained } from '../sustained.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

const LEARNED = 0.5
/** How much of the training must be above chance: with two classes half is none. */
const ABOVE = 0.2
const EVALUATIONS = 3
const BETTER = 0.05
/** No guess is right more often, and so much the training must have risen since the first evaluation. */
const MOST_GUESSED = 0.55
const LEARNED_SINCE = 0.3

export const labelsOrSplit: Rule = {
  id: 'D22',
  code: RULE_NAMES.D22,
  title: 'Labels or split do not fit',
  severities: ['warning'],
  citation: 'Zhang et al. 2017: networks learn random labels by heart; Kapoor & Narayanan 2023 on leaking splits',
  consequenceOf: ['D21'],
  judge(run) {
    const val = run.valAccuracy
    const evaluated = run.series('train-eval-accuracy')
    const train = evaluated ?? run.series('train-epoch-accuracy', 'train-accuracy')
    if (train === null || val === null)
      return notEnoughData('log the accuracy on training and on validation examples, `train/accuracy` and `val/accuracy`')
    if (val.curve.n < EVALUATIONS) return notEnoughData(`at least ${EVALUATIONS} evaluations`)
    return byHeart(run, train, val) ?? (evaluated && tooGood(run, evaluated, val)) ?? clear('Training and validation accuracy fit together.')
  },
}

/** The training examples were learned and nothing of it holds for others. */
function byHeart(run: RunView, train: RoleSeries, val: RoleSeries): Verdict | null {
  const chance = chanceOf(run.facts) ?? neverMoved(train, val)
  if (chance === null) return null
  const limit = chance.accuracy + twoStandardErrors(chance.accuracy, run.validationExamples)
  const least = Math.max(LEARNED, chance.accuracy + ABOVE)
  const { curve } = val
  const stretch = sustained(curve.n, (i) => curve.value[i]! <= limit && at(train, curve.step[i]!) > least).at(-1)
  if (!stretch?.open) return null
  const firstStep = curve.firstSteps[stretch.from]!
  const learned = at(train, curve.lastStep)
  const now = curve.value[curve.n - 1]!
  return fired('warning', [firstStep, curve.lastStep], {
    confidence: 0.9,
    says: `${train.name} is ${showPercent(learned)} and ${val.name} ${showPercent(now)}, no better than guessing: the training labels were learned by heart.`,
    fixes: [
      'Check that each label belongs to its input: shuffle both by the same order.',
      'Check that validation labels are encoded like the training labels.',
      'Look at 20 examples with their labels.',
    ],
    evidence: [
      evidence(val, [firstStep, curve.lastStep], { accuracy: now, chance: chance.accuracy }, { accuracy: limit }),
      evidence(train, [firstStep, train.curve.lastStep], { accuracy: learned }, { accuracy: least }),
    ],
  })
}

/** Where nobody said how many classes there are: a validation accuracy that stays where it began while the training learns everything. */
function neverMoved(train: RoleSeries, val: RoleSeries): { accuracy: number } | null {
  const { value, n } = val.curve
  const first = (value[0]! + value[1]!) / 2
  const learned = lastMean(train) - at(train, val.curve.firstStep)
  if (n < 2 * EVALUATIONS || first > MOST_GUESSED || learned < LEARNED_SINCE) return null
  return Math.abs(lastMean(val) - first) < twoStandardErrors(first) ? { accuracy: first } : null
}

/** Better on examples it was not trained on, measured in the same way. */
function tooGood(run: RunView, train: RoleSeries, val: RoleSeries): Verdict | null {
  const { curve } = val
  const noise = twoStandardErrors(at(train, curve.lastStep), run.validationExamples)
  const better = (i: number) => curve.value[i]! - at(train, curve.step[i]!)
  const stretch = sustained(curve.n, (i) => better(i) > Math.max(BETTER, noise)).at(-1)
  if (!stretch?.open) return null
  const firstStep = curve.firstSteps[stretch.from]!
  const by = better(curve.n - 1)
  return fired('warning', [firstStep, curve.lastStep], {
    confidence: 0.7,
    says: `${val.name} is ${showPercent(by)} above ${train.name}, though both are measured in the same way: the splits are not alike, or one leaks into the other.`,
    fixes: [
      'Look for examples that are in both splits.',
      'Check that both splits are drawn at random from the same data.',
      'Check that both are preprocessed alike.',
    ],
    evidence: [
      evidence(val, [firstStep, curve.lastStep], { 'validation minus training': by }, { 'validation minus training': Math.max(BETTER, noise) }),
    ],
  })
}

/** Accuracy at a step: of the bin that is there, or the last before. */
function at({ curve }: RoleSeries, step: number): number {
  const i = curve.indexAt(step)
  return curve.value[Math.min(i, curve.n - 1)]!
}
