import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RunFacts } from '../run-facts.ts'
import type { RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

/** Largest class over smallest. */
const UNEQUAL = 10
const RECALL = 0.3
const ONE_CLASS = 0.95
/** A recall of fewer examples says little. */
const EXAMPLES = 10
const EVALUATIONS = 3
const SAME = 0.005

const FIXES = [
  'Weight the classes in the loss, or sample them equally often.',
  'Judge by a balanced metric: recall per class, F1.',
  'Get more examples of the small classes.',
]

export const classImbalance: Rule = {
  id: 'D23',
  code: RULE_NAMES.D23,
  title: 'Class imbalance',
  severities: ['warning'],
  citation: 'SageMaker Debugger ClassImbalance: largest over smallest class above 10',
  consequenceOf: ['D02', 'D06', 'D08', 'D14'],
  judge(run) {
    const { confusion, classCounts } = run.facts
    const verdict = confusion ? byConfusion(run, confusion) : null
    if (verdict?.state === 'fired' && foundLately(run)) return clear('A small class was missed at first, and is found now and then.')
    if (verdict) return verdict
    if (classCounts && run.valAccuracy) return byAccuracy(run, classCounts)
    return notEnoughData('log the confusion matrix of the validation split, or the number of training examples per class')
  },
}

/** Whether every class was found at one of the last evaluations: one epoch without a class is no verdict. */
function foundLately(run: RunView): boolean {
  const recall = run.series('lowest-recall')?.curve
  return recall !== undefined && recall.n > 0 && recall.value.subarray(-EVALUATIONS).some((value) => value >= RECALL)
}

function byConfusion(run: RunView, { step, counts, classes }: NonNullable<RunFacts['confusion']>): Verdict {
  const truth = counts.map((row) => row.reduce((sum, n) => sum + n, 0))
  const total = truth.reduce((sum, n) => sum + n, 0)
  const predicted = counts.map((_, j) => counts.reduce((sum, row) => sum + (row[j] ?? 0), 0))
  const recalls = counts.flatMap((row, i) => (truth[i]! >= EXAMPLES ? [{ i, recall: row[i]! / truth[i]! }] : []))
  const worst = [...recalls].sort((a, b) => a.recall - b.recall)[0]
  if (total === 0 || worst === undefined) return notEnoughData(`a confusion matrix with at least ${EXAMPLES} examples of a class`)
  const largest = predicted.indexOf(Math.max(...predicted))
  const share = predicted[largest]! / total
  const trained = run.facts.classCounts ?? truth
  const ratio = Math.max(...trained) / Math.max(1, Math.min(...trained))
  const oneClass = share > ONE_CLASS && worst.recall < RECALL
  if (!oneClass && !(ratio > UNEQUAL && worst.recall < RECALL))
    return clear(`The lowest recall is ${showPercent(worst.recall)}, of ${classes[worst.i]}; the largest class is ${show(ratio)} times the smallest.`)
  const numbers = { 'lowest recall': worst.recall, 'largest over smallest class': ratio, 'share of the commonest prediction': share }
  return fired('warning', [step, step], {
    confidence: oneClass ? 0.9 : 0.8,
    says: oneClass
      ? `${showPercent(share)} of the predictions are ${classes[largest]}, and of ${classes[worst.i]} only ${showPercent(worst.recall)} are found.`
      : `The largest class has ${show(ratio)} times the examples of the smallest, and of ${classes[worst.i]} only ${showPercent(worst.recall)} are found.`,
    fixes: FIXES,
    evidence: [
      { series: null, fromStep: step, toStep: step, numbers, thresholds: { 'lowest recall': RECALL, 'largest over smallest class': UNEQUAL } },
    ],
  })
}

/** Without a confusion matrix: an accuracy that is exactly the share of the largest class, again and again. */
function byAccuracy(run: RunView, counts: readonly number[]): Verdict {
  const val = run.valAccuracy!
  const share = Math.max(...counts) / counts.reduce((sum, n) => sum + n, 0)
  const ratio = Math.max(...counts) / Math.max(1, Math.min(...counts))
  const { curve } = val
  if (curve.n < EVALUATIONS) return notEnoughData(`at least ${EVALUATIONS} evaluations`)
  const last = [...curve.value.subarray(curve.n - EVALUATIONS)]
  if (ratio <= UNEQUAL || !last.every((value) => Math.abs(value - share) < SAME))
    return clear(`${val.name} is not just the share of the largest class.`)
  const firstStep = curve.firstSteps[curve.n - EVALUATIONS]!
  return fired('warning', [firstStep, curve.lastStep], {
    confidence: 0.7,
    says: `${val.name} is ${showPercent(last[0]!)}, the share of the largest class: nothing else seems to be predicted.`,
    fixes: FIXES,
    evidence: [
      evidence(
        val,
        [firstStep, curve.lastStep],
        { accuracy: last[0]!, 'share of the largest class': share, 'largest over smallest class': ratio },
        { 'largest over smallest class': UNEQUAL },
      ),
    ],
  })
}
