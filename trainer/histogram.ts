import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import type { EdgesHistogram, Histogram } from '../core/kinds/histogram.ts'
import { checkKeys } from './check-keys.ts'
import { type RecordValue, record } from './record-value.ts'

export interface HistogramOptions {
  /** Number of bins of equal width. Default 64; 1–4,096. */
  bins?: number
  /** Lower and upper edge. Default: smallest and largest finite value. Values outside count in the outermost bins. */
  range?: readonly [low: number, high: number]
  /** Explicit increasing edges instead of `bins` and `range`. Values outside count in the outermost bins. */
  edges?: readonly number[]
}

const BINS = 64
const BINS_MAX = 4_096

/**
 * A histogram to log: counts the values now (later changes of the array do not matter), or takes one that was counted elsewhere.
 * NaN and ±Infinity have no bin and are counted apart.
 *
 * @param values numbers, or a ready `Histogram` (layout `edges` or `log10-ratio`)
 * @throws LossboardError `invalid_value` when the values or edges are not usable, `invalid_option` for wrong options
 */
export function histogram(values: ArrayLike<number> | Iterable<number> | Histogram, options: HistogramOptions = {}): RecordValue {
  checkKeys('histogram', options, ['bins', 'range', 'edges'])
  return record('histogram', isHistogram(values) ? values : count(toNumbers(values), options))
}

function isHistogram(values: unknown): values is Histogram {
  return typeof values === 'object' && values !== null && 'layout' in values
}

function toNumbers(values: unknown): ArrayLike<number> {
  if (typeof values === 'object' && values !== null) {
    if ('dataSync' in values) throw new LossboardError('invalid_value', 'histogram: got a tensor: give its numbers, histogram(await tensor.data())')
    if (Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values)) return values as unknown as ArrayLike<number>
    if (Symbol.iterator in values) return Array.from(values as Iterable<number>)
    if ('length' in values) return values as ArrayLike<number>
  }
  throw new LossboardError('invalid_value', `histogram: expected an array of numbers, got ${describe(values)}`)
}

function count(values: ArrayLike<number>, options: HistogramOptions): EdgesHistogram {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let nonFinite = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (typeof value !== 'number') throw new LossboardError('invalid_value', `histogram: values[${i}] must be a number, got ${describe(value)}`)
    if (!Number.isFinite(value)) nonFinite++
    else {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  const edges = options.edges ? [...options.edges] : equalEdges(options, low, high)
  const counts = new Array<number>(Math.max(0, edges.length - 1)).fill(0)
  const first = edges[0] as number
  // Equal bins are found by one multiplication; explicit edges, and a range whose width overflows, by bisection.
  const scale = options.edges ? 0 : counts.length / ((edges.at(-1) as number) - first)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    // Without a bin there is nothing to count into: the check of the kind says so.
    if (!Number.isFinite(value) || counts.length === 0) continue
    const bin = binOf(edges, value, scale > 0 ? Math.floor((value - first) * scale) : -1)
    counts[bin] = (counts[bin] as number) + 1
  }
  return { layout: 'edges', edges, counts, nonFinite }
}

/** The bin that holds the value; beyond the edges the outermost. The edges decide: a guess may be a bin off through rounding. */
function binOf(edges: readonly number[], value: number, guess: number): number {
  const last = edges.length - 2
  if (value >= (edges[last] as number)) return last
  if (guess >= 0 && guess < last && value >= (edges[guess] as number) && value < (edges[guess + 1] as number)) return guess
  return bisect(edges, value)
}

function equalEdges({ bins = BINS, range }: HistogramOptions, low: number, high: number): number[] {
  if (!Number.isInteger(bins) || bins < 1 || bins > BINS_MAX)
    throw new LossboardError('invalid_option', `histogram: bins must be a whole number from 1 to ${BINS_MAX}, got ${describe(bins)}`)
  if (range && !(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1]))
    throw new LossboardError('invalid_option', `histogram: range must be two finite numbers, low before high, got [${range.join(', ')}]`)
  const [from, to] = range ?? widened(low, high)
  const edges = [from]
  // In a range too narrow for float64 to tell all edges apart, equal ones are left out.
  for (let i = 1; i <= bins; i++) {
    const edge = i === bins ? to : from * (1 - i / bins) + to * (i / bins)
    if (edge > (edges.at(-1) as number) && (edge < to || i === bins)) edges.push(edge)
  }
  return edges
}

/** Room for bins when all values are equal, or there is none. */
function widened(low: number, high: number): [number, number] {
  if (low > high) return [0, 1]
  if (low < high) return [low, high]
  const half = Math.max(Math.abs(low) * 2 ** -20, 0.5)
  return [Math.max(low - half, -Number.MAX_VALUE), Math.min(high + half, Number.MAX_VALUE)]
}

function bisect(edges: readonly number[], value: number): number {
  let from = 0
  let to = edges.length - 1
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if ((edges[middle] as number) <= value) from = middle
    else to = middle
  }
  return from
}
