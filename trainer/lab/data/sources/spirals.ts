import { z } from 'zod'
import { mixSeed } from '../../../../core/mix-seed.ts'
import { normalRandom } from '../../../../core/normal-random.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'
import { DRAW } from '../split.ts'
import { makeToy, TOY_OPTIONS } from '../toy-options.ts'

const schema = z.strictObject({
  kind: z.literal('spirals').describe('Points in the plane on arms that wind around each other: no line tells the classes apart.'),
  ...TOY_OPTIONS,
  classes: z.int().min(2).max(100).default(3).describe('Arms, one per class.'),
  turns: z.number().positive().max(20).default(0.65).describe('How far an arm winds, in full turns.'),
  noise: z.number().min(0).default(0.2).describe('Standard deviation of the angle, in radians.'),
  ...COMMON_OPTIONS,
})

/** Arm `k` of K: radius r from 0 to 1, angle 2π (k / K + turns · r) + noise. */
export const spirals = {
  schema,
  async load({ examples, classShares, classes, turns, noise }, { seed }) {
    const random = seededRandom(mixSeed(seed, DRAW.examples))
    return makeToy({ source: 'spirals', examples, classes, classShares, features: 2, facts: { turns, noise } }, (label, index, count, into) => {
      const radius = count > 1 ? index / (count - 1) : 1
      const angle = 2 * Math.PI * (label / classes + turns * radius) + noise * normalRandom(random)
      into[0] = radius * Math.cos(angle)
      into[1] = radius * Math.sin(angle)
    })
  },
} satisfies DataSource<z.infer<typeof schema>>
