import { z } from 'zod'
import { LossboardError } from '../../../../core/errors.ts'
import { labLayers } from '../layers/lab-layers.ts'
import { epsilon } from './epsilon.ts'
import type { Norm } from './norm.ts'
import { refuseOneValue } from './one-value.ts'

const schema = z
  .strictObject({
    kind: z.literal('group'),
    groups: z.int().min(1).default(8).describe('Number of groups; must divide the number of channels of every layer.'),
    epsilon,
  })
  .describe('Group norm: neighbouring channels of each example in groups.')

/** Groups of neighbouring channels of one example over all positions. */
export const group: Norm<typeof schema> = {
  schema,
  cancelsBias: false,
  layer(tf, { groups, epsilon }, place) {
    const { name, after, channels, positions } = place
    if (channels % groups !== 0)
      throw new LossboardError(
        'invalid_option',
        `group norm with ${groups} groups cannot divide the ${channels} channels of "${after}": choose groups among ${divisors(channels).join(', ')}`,
      )
    refuseOneValue('group', place, (channels / groups) * positions)
    return new (labLayers(tf).GroupNorm)({ name, groups, epsilon })
  },
}

function divisors(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1).filter((candidate) => n % candidate === 0)
}
