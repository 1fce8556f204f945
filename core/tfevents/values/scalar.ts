import type { SummaryValue, TagMetadata } from '../summary.ts'
import { dtypeName, tensorNumbers } from '../tensor.ts'
import { type Converted, kept } from './draft.ts'

/** A number of any type, in double precision. */
export function readScalar(value: SummaryValue, metadata: TagMetadata): Converted {
  const { content } = value
  if (content.type === 'number') return { type: 'scalar', value: content.value }
  if (content.type !== 'tensor') return kept(value, metadata.plugin, `a ${content.type} where a number was expected`)
  const numbers = tensorNumbers(content.tensor)
  if (typeof numbers === 'string') return kept(value, metadata.plugin, numbers)
  if (numbers.length !== 1) return kept(value, metadata.plugin, `${numbers.length} numbers where one was expected`)
  const number = numbers[0]!
  const rounded = (content.tensor.dtype === 9 || content.tensor.dtype === 23) && !Number.isSafeInteger(number)
  return { type: 'scalar', value: number, ...(rounded && { note: `an ${dtypeName(content.tensor.dtype)} beyond 2^53, rounded to ${number}` }) }
}
