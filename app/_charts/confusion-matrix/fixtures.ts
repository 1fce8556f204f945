import { seededRandom } from '../../../core/seeded-random.ts'
import type { ConfusionMatrixData } from './matrix-data.ts'

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit))

/** Mostly right; what is wrong is mostly a neighbour. */
function sampleCounts(classes: number, perClass: number, errors: number, seed: number): number[][] {
  const random = seededRandom(seed)
  return Array.from({ length: classes }, (_, truth) => {
    const row = new Array<number>(classes).fill(0)
    for (let i = 0; i < perClass; i++) {
      const wrong = random() < errors * (0.3 + 1.4 * random())
      const near = (truth + 1 + Math.floor(random() ** 3 * (classes - 1))) % classes
      row[wrong ? near : truth]!++
    }
    return row
  })
}

function sample(classes: string[], counts: number[][], change: Partial<ConfusionMatrixData> = {}): ConfusionMatrixData {
  return {
    title: 'Confusion matrix, test',
    value: { split: 'test', classes, counts, unplaced: classes.map(() => 0) },
    normalise: 'counts',
    view: null,
    ...change,
  }
}

const names = (n: number) => Array.from({ length: n }, (_, i) => `class ${String(i).padStart(4, '0')}`)

export const confusionMatrixFixtures: Record<string, () => ConfusionMatrixData> = {
  'ten classes': () => sample(DIGITS, sampleCounts(10, 1000, 0.05, 3)),
  'two classes by row': () =>
    sample(
      ['benign', 'malignant'],
      [
        [9421, 79],
        [112, 388],
      ],
      { normalise: 'rows' },
    ),
  'long names, no examples, NaN scores': () => {
    const classes = ['Ankle boot', 'Bag', 'Coat or jacket with a very long description', 'Dress', '<b>"T-shirt" & top</b>', 'Sandal', 'Never seen']
    const counts = sampleCounts(7, 300, 0.2, 5)
    counts[6]!.fill(0)
    const data = sample(classes, counts, { normalise: 'rows' })
    data.value.unplaced[2] = 31
    return data
  },
  'forty classes by column': () => sample(names(40), sampleCounts(40, 50, 0.4, 7), { normalise: 'columns' }),
  'a thousand classes': () => sample(names(1000), sampleCounts(1000, 50, 0.25, 9), { normalise: 'rows' }),
  'zoomed in': () => sample(names(200), sampleCounts(200, 50, 0.5, 11), { view: { rows: [20, 36], columns: [24, 40] } }),
}
