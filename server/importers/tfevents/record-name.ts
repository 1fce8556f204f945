import { createHash } from 'node:crypto'
import { METRIC_NAME_MAX } from '../../../core/metric-name.ts'

const HASH_LENGTH = 12

/** Name under which a tag is stored: the tag itself, also with characters our own library would refuse. Longer ones are cut and told apart by a hash. */
export function recordName(tag: string): string {
  if (tag === '') return '(no tag)'
  if (tag.length <= METRIC_NAME_MAX) return tag
  const hash = createHash('sha256').update(tag).digest('hex').slice(0, HASH_LENGTH)
  return `${tag.slice(0, METRIC_NAME_MAX - HASH_LENGTH - 2)}…#${hash}`
}
