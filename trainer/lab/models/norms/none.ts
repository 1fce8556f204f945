import { z } from 'zod'
import type { Norm } from './norm.ts'

const schema = z.strictObject({ kind: z.literal('none') }).describe('No normalisation.')

export const none: Norm<typeof schema> = { schema, cancelsBias: false, layer: () => null }
