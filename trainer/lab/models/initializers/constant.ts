import { z } from 'zod'
import type { Initializer } from './initializer.ts'

const schema = z
  .strictObject({ kind: z.literal('constant'), value: z.number().default(0.01).describe('The value of every weight.') })
  .describe('Every weight the same: all units of a layer learn the same thing and the network stays near chance. To be seen once.')

/** w = value everywhere. All units of a layer get the same gradient, so they stay equal for ever. */
export const constant: Initializer<typeof schema> = { schema, draw: ({ value }) => value }
