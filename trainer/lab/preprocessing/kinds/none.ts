import { z } from 'zod'
import { noPreprocessing } from '../none.ts'
import type { PreprocessingKind } from '../preprocessing-kind.ts'
import { readHead } from '../stored-head.ts'

const schema = z.strictObject({
  kind: z.literal('none').describe('Inputs as they are; pixels from 0 to 1.'),
})

export const none = {
  schema,
  fit: (_config, train) => noPreprocessing(train.shape),
  fromJson: (json) => noPreprocessing(readHead(json).inputShape),
} satisfies PreprocessingKind<z.infer<typeof schema>>
