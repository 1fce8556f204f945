import { z } from 'zod'
import { elementwise, elementwiseFromJson } from '../elementwise.ts'
import { featureStatistics, groupsOf } from '../feature-statistics.ts'
import type { PreprocessingKind } from '../preprocessing-kind.ts'
import { readHead } from '../stored-head.ts'

const schema = z.strictObject({
  kind: z.literal('zero-centre').describe('Subtract the mean of the training split.'),
  per: z
    .enum(['pixel', 'channel'])
    .default('pixel')
    .describe('Subtract the mean image (pixel) or one mean per channel. Tables have one mean per feature either way.'),
})

export const zeroCentre = {
  schema,
  fit(config, train) {
    const { mean } = featureStatistics(train, groupsOf(train.shape, config.per))
    return elementwise({ kind: 'zero-centre', inputShape: train.shape, mean, scale: new Float64Array(mean.length).fill(1), fittedOn: train.n })
  },
  fromJson: (json) => elementwiseFromJson(json, { ...readHead(json), kind: 'zero-centre' }),
} satisfies PreprocessingKind<z.infer<typeof schema>>
