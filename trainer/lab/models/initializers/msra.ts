import { z } from 'zod'
import type { Initializer } from './initializer.ts'

const schema = z
  .strictObject({ kind: z.literal('msra') })
  .describe('Kaiming: normal numbers with standard deviation sqrt(2 / Din), which makes up for the half that ReLU cuts away.')

/** w ~ N(0, 2/Din) (He et al. 2015): the standard deviation is √(2/Din), not 2/√Din as it is sometimes misprinted. */
export const msra: Initializer<typeof schema> = { schema, draw: (_options, fanIn, gaussian) => Math.sqrt(2 / fanIn) * gaussian() }
