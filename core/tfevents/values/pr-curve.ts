import type { SummaryValue, TagMetadata } from '../summary.ts'
import { tensorNumbers } from '../tensor.ts'
import { type Converted, kept } from './draft.ts'

const TRUE_POSITIVES = 0
const FALSE_POSITIVES = 1
const TRUE_NEGATIVES = 2
const FALSE_NEGATIVES = 3
const PRECISION = 4
const RECALL = 5

/** Six rows over thresholds from 0 to 1. Thresholds at which nothing is taken for positive have no precision and are left out. */
export function readPrCurve(value: SummaryValue, metadata: TagMetadata): Converted {
  if (value.content.type !== 'tensor') return kept(value, metadata.plugin, 'no precision-recall curve')
  const { tensor } = value.content
  const [rows, n] = tensor.shape
  const numbers = tensor.shape.length === 2 && rows === 6 && n! > 0 ? tensorNumbers(tensor) : `a curve of shape [${tensor.shape.join(', ')}]`
  if (typeof numbers === 'string') return kept(value, metadata.plugin, numbers)
  const at = (row: number, index: number) => numbers[row * n! + index]!
  const positives = at(TRUE_POSITIVES, 0) + at(FALSE_NEGATIVES, 0)
  const examples = positives + at(FALSE_POSITIVES, 0) + at(TRUE_NEGATIVES, 0)
  if (!Number.isSafeInteger(positives) || !Number.isSafeInteger(examples)) return kept(value, metadata.plugin, `a curve over ${examples} examples`)
  const curve = { class: 'positive', precision: [] as number[], recall: [] as number[], threshold: [] as number[] }
  let averagePrecision = 0
  let reached = 0
  for (let index = n! - 1; index >= 0; index--) {
    if (at(TRUE_POSITIVES, index) + at(FALSE_POSITIVES, index) === 0) continue
    const precision = at(PRECISION, index)
    const recall = at(RECALL, index)
    if (!(precision >= 0 && precision <= 1 && recall >= reached && recall <= 1))
      return kept(value, metadata.plugin, `precision ${precision} and recall ${recall} at threshold ${index}`)
    curve.precision.push(precision)
    curve.recall.push(recall)
    curve.threshold.push(n === 1 ? 0 : index / (n! - 1))
    averagePrecision += precision * (recall - reached)
    reached = recall
  }
  const payload = {
    split: null,
    // Of the thresholds that the file holds: the curve itself had one for every score.
    curves: [{ ...curve, averagePrecision: positives > 0 ? Math.min(1, averagePrecision) : null, positives, points: curve.precision.length }],
    examples,
    nanScores: 0,
    thinned: true,
  }
  return { type: 'records', drafts: [{ kind: 'pr-curve', payload }] }
}
