import { z } from 'zod'
import type { Initializer } from './initializer.ts'

const schema = z
  .strictObject({ kind: z.literal('gaussian'), std: z.number().positive().default(0.01).describe('Standard deviation of the weights.') })
  .describe('Normal numbers of one standard deviation whatever the width: works for shallow networks only.')

/** w ~ N(0, std²), the same std in every layer: deep networks fade or explode. */
export const gaussian: Initializer<typeof schema> = { schema, draw: ({ std }, _fanIn, gaussian) => std * gaussian() }
