import { z } from 'zod'
import { mixSeed } from '../../../../core/mix-seed.ts'
import { normalRandom } from '../../../../core/normal-random.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'
import { DRAW } from '../split.ts'
import { makeToy, TOY_OPTIONS } from '../toy-options.ts'

const schema = z.strictObject({
  kind: z.literal('gaussian-blobs').describe('One cloud of normally distributed points per class, in any number of dimensions.'),
  ...TOY_OPTIONS,
  classes: z.int().min(2).max(1000).default(3).describe('Clouds, one per class.'),
  features: z.int().min(1).max(10_000).default(2).describe('Dimensions.'),
  spread: z.number().min(0).default(1).describe('Standard deviation of each cloud in each dimension.'),
  separation: z.number().min(0).default(3).describe('Standard deviation of the centres around 0 in each dimension.'),
  ...COMMON_OPTIONS,
})

export const gaussianBlobs = {
  schema,
  async load({ examples, classShares, classes, features, spread, separation }, { seed }) {
    const random = seededRandom(mixSeed(seed, DRAW.examples))
    const centres = Array.from({ length: classes }, () => Array.from({ length: features }, () => separation * normalRandom(random)))
    return makeToy(
      { source: 'Gaussian blobs', examples, classes, classShares, features, facts: { spread, separation } },
      (label, _index, _count, into) => {
        for (let i = 0; i < features; i++) into[i] = centres[label]![i]! + spread * normalRandom(random)
      },
    )
  },
} satisfies DataSource<z.infer<typeof schema>>
