import { z } from 'zod'
import { init } from '../hidden-layer-options.ts'
import type { Architecture } from './architecture.ts'

const schema = z
  .strictObject({ kind: z.literal('linear'), init })
  .describe('Linear classifier: one weight matrix and a bias. On images, one template per class.')

export const linear: Architecture<typeof schema> = { schema, imagesOnly: false, assemble: (_layers, input) => input }
