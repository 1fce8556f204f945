import type { z } from 'zod'
import type { JsonObject } from '../../../core/run.ts'
import type { Examples } from '../data/examples.ts'
import type { Preprocessing } from './preprocessing.ts'

/** One way to transform inputs: its options, how it is fitted, how it is read again. */
export interface PreprocessingKind<Config> {
  schema: z.ZodType<Config>
  fit(config: Config, train: Examples): Preprocessing
  fromJson(json: JsonObject): Preprocessing
}
