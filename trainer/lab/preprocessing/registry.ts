import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject } from '../../../core/run.ts'
import type { Examples } from '../data/examples.ts'
import { invalidPreprocessing } from './invalid-preprocessing.ts'
import { decorrelate } from './kinds/decorrelate.ts'
import { none } from './kinds/none.ts'
import { standardise } from './kinds/standardise.ts'
import { whiten } from './kinds/whiten.ts'
import { zeroCentre } from './kinds/zero-centre.ts'
import type { Preprocessing } from './preprocessing.ts'
import type { PreprocessingKind } from './preprocessing-kind.ts'

/** Kind by its name in the config. */
const KINDS = { none, 'zero-centre': zeroCentre, standardise, decorrelate, whiten }

type Schema = (typeof KINDS)[keyof typeof KINDS]['schema']

export const preprocessSchema = z
  .discriminatedUnion('kind', Object.values(KINDS).map((kind) => kind.schema) as [Schema, ...Schema[]], {
    error: `needs a kind: ${Object.keys(KINDS).join(', ')}`,
  })
  .describe('Transform of the inputs, fitted on the training split and applied to every split.')

export type PreprocessConfig = z.infer<typeof preprocessSchema>

/**
 * Fits a transform on the training split.
 * @throws LossboardError `invalid_option` when the training split is empty, or does not suit the transform.
 */
export function fitPreprocessing(config: PreprocessConfig, train: Examples): Preprocessing {
  if (train.n === 0) throw new LossboardError('invalid_option', `preprocess ${config.kind}: there are no training examples to fit it on`)
  return (KINDS[config.kind] as PreprocessingKind<PreprocessConfig>).fit(config, train)
}

/**
 * A transform again from what `toJson` gave: the very same numbers.
 * @throws LossboardError `invalid_value` when something in it is missing or was changed.
 */
export function preprocessingFromJson(json: JsonObject): Preprocessing {
  const kind = String(json.kind)
  if (!Object.hasOwn(KINDS, kind)) throw invalidPreprocessing(`kind is "${kind}": it must be one of ${Object.keys(KINDS).join(', ')}`)
  const preprocessing = KINDS[kind as keyof typeof KINDS].fromJson(json)
  if (preprocessing.fingerprint !== json.fingerprint) throw invalidPreprocessing('its parameters do not fit its fingerprint: it was changed')
  return preprocessing
}
