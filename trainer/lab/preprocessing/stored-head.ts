import type { JsonObject } from '../../../core/run.ts'
import { invalidPreprocessing } from './invalid-preprocessing.ts'

/** What every stored preprocessing begins with. */
export interface StoredHead {
  inputShape: number[]
  fittedOn: number
}

export function readHead(json: JsonObject): StoredHead {
  if (json.version !== 1) throw invalidPreprocessing(`version is ${JSON.stringify(json.version)}, this program reads 1: update lossboard`)
  const { inputShape, fittedOn } = json
  const isShape = Array.isArray(inputShape) && inputShape.length > 0 && inputShape.every((size) => Number.isInteger(size) && Number(size) > 0)
  if (!isShape) throw invalidPreprocessing(`inputShape is ${JSON.stringify(inputShape)}: it must be sizes from 1`)
  return { inputShape: inputShape as number[], fittedOn: typeof fittedOn === 'number' ? fittedOn : 0 }
}
