import { z } from 'zod'
import type { Initializer } from './initializer.ts'

const schema = z
  .strictObject({ kind: z.literal('xavier') })
  .describe('Normal numbers with standard deviation 1 / sqrt(Din): keeps the variance from layer to layer for tanh-like activations.')

/**
 * w ~ N(0, 1/Din): the form of the lecture notes, which keeps the variance in the forward direction.
 * Glorot and Bengio's own rule is a compromise of both directions, 2/(Din + Dout); the two agree where Din = Dout.
 */
export const xavier: Initializer<typeof schema> = { schema, draw: (_options, fanIn, gaussian) => Math.sqrt(1 / fanIn) * gaussian() }
