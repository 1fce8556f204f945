import type { LegacyHistogram, SummaryValue, TagMetadata } from '../summary.ts'
import { tensorNumbers } from '../tensor.ts'
import { type Bucket, bucketsToEdges } from './buckets.ts'
import { type Converted, kept } from './draft.ts'

/** Histograms of every age: `HistogramProto`, and tensors of rows (left, right, count). */
export function readHistogramValue(value: SummaryValue, metadata: TagMetadata): Converted {
  const { content } = value
  const buckets = content.type === 'histogram' ? legacyBuckets(content.histogram) : content.type === 'tensor' ? tensorBuckets(value) : 'no histogram'
  if (typeof buckets === 'string') return kept(value, metadata.plugin, buckets)
  const histogram = bucketsToEdges(buckets)
  if (typeof histogram === 'string') return kept(value, metadata.plugin, histogram)
  return { type: 'records', drafts: [{ kind: 'histogram', payload: { layout: 'edges', ...histogram, nonFinite: 0 } }] }
}

/** As TensorBoard reads them: empty buckets at both ends go, then the outer edges are the smallest and the largest value. */
export function legacyBuckets({ min, max, limits, counts }: LegacyHistogram): Bucket[] | string {
  if (limits.length !== counts.length) return `a histogram of ${limits.length} limits and ${counts.length} counts`
  let first = 0
  let last = counts.length - 1
  while (first <= last && counts[first] === 0) first++
  while (last >= first && counts[last] === 0) last--
  const buckets: Bucket[] = []
  for (let i = first; i <= last; i++)
    buckets.push({ left: i === first ? min : limits[i - 1]!, right: i === last ? max : limits[i]!, count: counts[i]! })
  return buckets
}

function tensorBuckets({ content }: SummaryValue): Bucket[] | string {
  if (content.type !== 'tensor') return 'no tensor'
  const { shape } = content.tensor
  if (shape.length !== 2 || shape[1] !== 3) return `a histogram of shape [${shape.join(', ')}], not [k, 3]`
  const numbers = shape[0] === 0 ? new Float64Array(0) : tensorNumbers(content.tensor)
  if (typeof numbers === 'string') return numbers
  return Array.from({ length: numbers.length / 3 }, (_, i) => ({ left: numbers[3 * i]!, right: numbers[3 * i + 1]!, count: numbers[3 * i + 2]! }))
}
