import { z } from 'zod'
import { fitExamplesSchema, fitRotation } from '../fit-rotation.ts'
import type { PreprocessingKind } from '../preprocessing-kind.ts'
import { rotationFromJson } from '../rotation.ts'
import { readHead } from '../stored-head.ts'

const schema = z.strictObject({
  kind: z.literal('whiten').describe('Decorrelate, then divide each component by sqrt(variance + epsilon): all have variance 1.'),
  components: z.int().min(1).optional().describe('Keep only this many components, those of largest variance. Default: all.'),
  fitExamples: fitExamplesSchema,
  epsilon: z
    .number()
    .positive()
    .default(1e-5)
    .describe('Added to each variance: keeps components that hardly vary from being blown up. Larger smooths more; 0.01 to 0.1 suits images.'),
  zca: z.boolean().default(false).describe('Rotate back afterwards (ZCA): images stay images of their shape, so that convolutions make sense.'),
})

export const whiten = {
  schema,
  fit: ({ components, fitExamples, epsilon, zca }, train) =>
    fitRotation(train, { kind: 'whiten', components, fitExamples, scale: (variance) => 1 / Math.sqrt(variance + epsilon), rotateBack: zca }),
  fromJson: (json) => rotationFromJson(json, { ...readHead(json), kind: 'whiten' }),
} satisfies PreprocessingKind<z.infer<typeof schema>>
