import { z } from 'zod'
import { fitExamplesSchema, fitRotation } from '../fit-rotation.ts'
import type { PreprocessingKind } from '../preprocessing-kind.ts'
import { rotationFromJson } from '../rotation.ts'
import { readHead } from '../stored-head.ts'

const schema = z.strictObject({
  kind: z.literal('decorrelate').describe('Centre, then rotate onto the principal components of the training split (PCA): no two are correlated.'),
  components: z.int().min(1).optional().describe('Keep only this many components, those of largest variance. Default: all.'),
  fitExamples: fitExamplesSchema,
})

export const decorrelate = {
  schema,
  fit: ({ components, fitExamples }, train) =>
    fitRotation(train, { kind: 'decorrelate', components, fitExamples, scale: () => 1, rotateBack: false }),
  fromJson: (json) => rotationFromJson(json, { ...readHead(json), kind: 'decorrelate' }),
} satisfies PreprocessingKind<z.infer<typeof schema>>
