import { precisionRecallCurve } from '../../../core/classification/precision-recall-curve.ts'
import type { PrCurve } from '../../../core/kinds/values.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { toStoredNumber } from '../../../core/stored-number.ts'
import { type PrCurveData, shownAtFirst } from './pr-data.ts'

/** Scores of `n` examples, a tenth of them positive; the larger `skill`, the better they are told apart. */
function sampleCurve(name: string, skill: number, n: number, seed: number, keep = Number.POSITIVE_INFINITY): PrCurve {
  const random = seededRandom(seed)
  const positives = Array.from({ length: n }, (_, i) => i % 10 === 0)
  const scores = positives.map((positive) => (random() + random() + random() + (positive ? skill : 0)) / (3 + skill))
  const { precision, recall, threshold, averagePrecision, positives: count } = precisionRecallCurve(scores, positives)
  const points = precision.length
  const length = Math.min(keep, points)
  const kept = Array.from({ length }, (_, i) => (length < 2 ? 0 : Math.round((i * (points - 1)) / (length - 1))))
  const pick = (values: number[]) => kept.map((i) => values[i]!)
  return {
    class: name,
    precision: pick(precision),
    recall: pick(recall),
    threshold: pick(threshold).map(toStoredNumber),
    averagePrecision,
    positives: count,
    points,
  }
}

function sample(curves: PrCurve[], change: Partial<PrCurveData> = {}, nanScores = 0): PrCurveData {
  const thinned = curves.some((curve) => curve.points > curve.precision.length)
  const value = { split: 'test', curves, examples: 400, nanScores, thinned }
  return { title: 'Precision and recall, test', value, shown: shownAtFirst(value), fitted: false, ...change }
}

export const prCurveFixtures: Record<string, () => PrCurveData> = {
  'four classes': () => sample(['cat', 'dog', 'frog', 'ship'].map((name, i) => sampleCurve(name, 0.6 + i * 0.5, 400, i + 1))),
  'one class': () => sample([sampleCurve('malignant', 1.2, 400, 9)]),
  'fitted axis, one class without positives': () =>
    sample(
      [
        ...['a', 'b'].map((name, i) => sampleCurve(name, 2.2 + i / 4, 400, i + 3)),
        { class: 'never in this split', precision: [], recall: [], threshold: [], averagePrecision: null, positives: 0, points: 0 },
      ],
      { fitted: true },
      7,
    ),
  'a hundred classes, thinned': () =>
    sample(Array.from({ length: 100 }, (_, i) => sampleCurve(`a class with a long name ${i}`, 0.5 + ((i * 7) % 100) / 60, 300, i + 1, 40))),
  'no classes chosen': () => sample([sampleCurve('cat', 1, 100, 1)], { shown: [] }),
}
