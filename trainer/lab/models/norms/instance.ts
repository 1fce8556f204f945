import { z } from 'zod'
import { labLayers } from '../layers/lab-layers.ts'
import { epsilon } from './epsilon.ts'
import type { Norm } from './norm.ts'
import { refuseOneValue } from './one-value.ts'

const schema = z
  .strictObject({ kind: z.literal('instance'), epsilon })
  .describe('Instance norm: each channel of each image by itself. For images only.')

/** Each channel of one image over its positions. */
export const instance: Norm<typeof schema> = {
  schema,
  cancelsBias: true,
  layer(tf, { epsilon }, place) {
    refuseOneValue('instance', place, place.positions)
    return new (labLayers(tf).InstanceNorm)({ name: place.name, epsilon })
  },
}
