import { z } from 'zod'
import { elementwise, elementwiseFromJson } from '../elementwise.ts'
import { featureStatistics, groupsOf } from '../feature-statistics.ts'
import type { PreprocessingKind } from '../preprocessing-kind.ts'
import { readHead } from '../stored-head.ts'

const schema = z.strictObject({
  kind: z.literal('standardise').describe('Subtract the mean of the training split and divide by its standard deviation.'),
  per: z
    .enum(['pixel', 'channel'])
    .default('channel')
    .describe('One mean and deviation per channel, or per pixel. Tables have one of each per feature either way.'),
})

/** Below this share of the mean's size a deviation is what rounding left of a constant. */
const ROUNDING = 1e-12

export const standardise = {
  schema,
  fit(config, train) {
    const { mean, std } = featureStatistics(train, groupsOf(train.shape, config.per))
    const scale = std.map((deviation, i) => (deviation > ROUNDING * Math.abs(mean[i]!) ? 1 / deviation : 0))
    return elementwise({ kind: 'standardise', inputShape: train.shape, mean, scale, fittedOn: train.n })
  },
  fromJson: (json) => elementwiseFromJson(json, { ...readHead(json), kind: 'standardise' }),
} satisfies PreprocessingKind<z.infer<typeof schema>>
