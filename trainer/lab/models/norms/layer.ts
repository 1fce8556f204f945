import { z } from 'zod'
import { labLayers } from '../layers/lab-layers.ts'
import { epsilon } from './epsilon.ts'
import type { Norm } from './norm.ts'
import { refuseOneValue } from './one-value.ts'

const schema = z.strictObject({ kind: z.literal('layer'), epsilon }).describe('Layer norm: all channels and positions of each example together.')

/** All channels and positions of one example together; gain and shift per channel. Independent of the batch. */
export const layer: Norm<typeof schema> = {
  schema,
  cancelsBias: false,
  layer(tf, { epsilon }, place) {
    refuseOneValue('layer', place, place.positions * place.channels)
    return new (labLayers(tf).LayerNorm)({ name: place.name, epsilon })
  },
}
