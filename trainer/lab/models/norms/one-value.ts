import { LossboardError } from '../../../../core/errors.ts'
import type { NormPlace } from './norm.ts'

/** A norm over a single value gives 0 whatever comes in: the network could learn nothing through it. */
export function refuseOneValue(kind: string, { after, positions, channels }: NormPlace, values: number): void {
  if (values > 1) return
  throw new LossboardError(
    'invalid_option',
    `${kind} norm after "${after}" would normalise over one value (${positions} position${positions === 1 ? '' : 's'}, ${channels} channels), which makes every output 0: choose another norm, or a model with fewer stages or more units`,
  )
}
