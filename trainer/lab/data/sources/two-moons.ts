import { z } from 'zod'
import { mixSeed } from '../../../../core/mix-seed.ts'
import { normalRandom } from '../../../../core/normal-random.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'
import { DRAW } from '../split.ts'
import { makeToy, TOY_OPTIONS } from '../toy-options.ts'

const schema = z.strictObject({
  kind: z.literal('two-moons').describe('Points in the plane on two half circles that reach into each other.'),
  ...TOY_OPTIONS,
  noise: z.number().min(0).default(0.1).describe('Standard deviation added to both coordinates; the circles have radius 1.'),
  ...COMMON_OPTIONS,
})

/** Upper moon: (cos t, sin t), lower moon: (1 − cos t, 1/2 − sin t), t from 0 to π. */
export const twoMoons = {
  schema,
  async load({ examples, classShares, noise }, { seed }) {
    const random = seededRandom(mixSeed(seed, DRAW.examples))
    return makeToy({ source: 'two moons', examples, classes: 2, classShares, features: 2, facts: { noise } }, (label, index, count, into) => {
      const t = count > 1 ? (Math.PI * index) / (count - 1) : Math.PI / 2
      into[0] = (label === 0 ? Math.cos(t) : 1 - Math.cos(t)) + noise * normalRandom(random)
      into[1] = (label === 0 ? Math.sin(t) : 0.5 - Math.sin(t)) + noise * normalRandom(random)
    })
  },
} satisfies DataSource<z.infer<typeof schema>>
