import { lastMean } from '../readings/fit.ts'
import { lossStart } from '../readings/loss-start.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { clear, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'
import { initialLoss } from './d03-initial-loss.ts'

const STD = { low: 0.1, high: 10 }
const OFF_CENTRE = 3
const LARGEST = 50
/** One-hot and count features have a small deviation for being mostly 0: nothing to mend. */
const SPARSE = { min: 0, max: 1 }
/** Signs that it does harm. */
const DEAD = 0.5
const UNMOVED = 0.95

export const inputsNotNormalised: Rule = {
  id: 'D04',
  code: RULE_NAMES.D04,
  title: 'Inputs not normalised',
  severities: ['critical', 'warning', 'info'],
  citation: 'CS231n, data preprocessing; LeCun et al. 1998, "Efficient BackProp"',
  early: true,
  consequenceOf: [],
  judge(run) {
    const mean = run.series('input-mean')
    const std = run.series('input-std')
    const max = run.series('input-max')
    const min = run.series('input-min')
    const broken = run.series('input-not-finite')
    if (broken?.curve.max.some((count) => count > 0)) return notFinite(run, broken)
    if (std === null || std.curve.n === 0)
      return notEnoughData('log mean, std, min and max of the inputs of a batch as `input/mean`, `input/std`, `input/min`, `input/max`')
    if (run.facts.layers?.some(({ type }) => /embedding/i.test(type))) return notApplicable('inputs are numbers of tokens, which have no scale')
    const numbers = {
      mean: mean ? middle(mean) : 0,
      std: middle(std),
      max: max ? middle(max) : 0,
      min: min ? middle(min) : 0,
    }
    const largest = Math.max(Math.abs(numbers.max), Math.abs(numbers.min))
    const sparse = min !== null && max !== null && numbers.min >= SPARSE.min && numbers.max <= SPARSE.max
    const wrong =
      largest > LARGEST
        ? `go up to ${show(largest)}`
        : numbers.std > STD.high
          ? `have a standard deviation of ${show(numbers.std)}`
          : sparse
            ? null
            : numbers.std < STD.low
              ? `have a standard deviation of ${show(numbers.std)}`
              : Math.abs(numbers.mean) > OFF_CENTRE * numbers.std
                ? `have a mean of ${show(numbers.mean)} at a standard deviation of ${show(numbers.std)}`
                : null
    if (wrong === null) return clear(`Inputs have mean ${show(numbers.mean)} and standard deviation ${show(numbers.std)}.`)
    const harm = harmDone(run)
    return fired(harm ? 'warning' : 'info', [std.curve.firstStep, std.curve.lastStep], {
      confidence: harm ? 0.9 : 0.6,
      says: `The inputs ${wrong}${harm ? `, and ${harm}` : '; it does not seem to do harm'}.`,
      fixes: [
        'Standardise the inputs: subtract the mean of the training split, divide by its standard deviation.',
        'Images of 0 to 255: divide by 255 at least.',
        'Put every split through the same transform.',
      ],
      evidence: [
        evidence(std, [std.curve.firstStep, std.curve.lastStep], numbers, { std: numbers.std < STD.low ? STD.low : STD.high, max: LARGEST }),
      ],
    })
  },
}

/** What the inputs may have led to; null when the training looks unharmed. */
function harmDone(run: RunView): string | null {
  const first = initialLoss.judge(run)
  if (first.state === 'fired' && first.severity === 'warning') return 'the first loss is far too high'
  const dead = run.layers('dead-fraction').find(({ curve }) => curve.n > 0 && curve.value[curve.n - 1]! >= DEAD)
  if (dead) return `half the units of ${dead.layer} are dead`
  const saturated = run.layers('saturated-units').find(({ curve }) => curve.n > 0 && curve.value[curve.n - 1]! >= DEAD)
  if (saturated) return `half the units of ${saturated.layer} are saturated`
  const loss = run.trainLoss
  if (loss && loss.curve.points >= 100 && lastMean(loss) > UNMOVED * lossStart(loss)) return 'the loss does not come down'
  return null
}

function notFinite(run: RunView, series: RoleSeries): Verdict {
  const { curve } = series
  const at = curve.max.findIndex((count) => count > 0)
  return fired('critical', [curve.firstSteps[at]!, run.lastStep], {
    confidence: 1,
    says: `The inputs hold NaN or infinite values, first seen at step ${curve.firstSteps[at]}.`,
    fixes: ['Fill in or leave out missing values before training.', 'Look for a division by a standard deviation of 0.'],
    evidence: [evidence(series, [curve.firstSteps[at]!, run.lastStep], { 'not finite': Math.max(...curve.max) }, { 'not finite': 0 })],
  })
}

function middle({ curve }: RoleSeries): number {
  return [...curve.value].sort((a, b) => a - b)[Math.floor(curve.n / 2)]!
}
