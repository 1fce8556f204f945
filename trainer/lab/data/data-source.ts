import { z } from 'zod'
import type { JsonObject } from '../../../core/run.ts'
import type { Examples } from './examples.ts'

const splitLimit = z.int().min(1).optional()

/** Options that every data source has. */
export const COMMON_OPTIONS = {
  limit: z
    .strictObject({
      train: splitLimit.describe('Training examples kept at most.'),
      validation: splitLimit.describe('Validation examples kept at most.'),
      test: splitLimit.describe('Test examples kept at most.'),
    })
    .optional()
    .describe('Keep at most this many examples of a split: drawn with the split seed, each class in its share.'),
  onlyClasses: z
    .array(z.union([z.string(), z.number()]))
    .min(2)
    .optional()
    .describe('Keep only these classes, by name; their labels are 0, 1, … in this order.'),
  labelNoise: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Share of the training labels replaced by another class at random (split seed). Validation and test keep the truth.'),
}

const commonSchema = z.strictObject(COMMON_OPTIONS)
export type CommonOptions = z.infer<typeof commonSchema>

/** What a source reads, before it is split. */
export interface SourceData {
  classes: string[]
  /** The training split of a source with a test split of its own, else everything there is. */
  train: Examples
  /** Null: taken from `train` as `split.validation` says. */
  validation: Examples | null
  /** Null: taken from `train` as `split.test` says. */
  test: Examples | null
  /** Where it came from and what was left out. */
  facts: JsonObject
  /** Fill NaN inputs with the mean of the training split: asked for by the user, and possible only after the split. */
  fillMissing?: { features: string[] }
}

/** A kind of data. Its schema has `kind` and `COMMON_OPTIONS` beside its own options. */
export interface DataSource<Config> {
  schema: z.ZodType<Config>
  /** @throws LossboardError saying which file, row or option is wrong. */
  load(config: Config, options: { seed: number; signal?: AbortSignal }): Promise<SourceData>
}
