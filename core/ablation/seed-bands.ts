import { mean } from '../stats/descriptive.ts'
import { intervalAround, summarise } from '../stats/summary.ts'

/** One seed's curve as a chart has it: finite points in order of x, and where the value was NaN or infinite. */
export interface SeedCurve {
  x: ArrayLike<number>
  y: ArrayLike<number>
  nonFiniteX: ArrayLike<number>
  /** Every point is in x and y: nothing was thinned away. */
  exact: boolean
}

export type BandSpread = 'sd' | 'ci' | 'min-max'

/** How points of different seeds are brought together: `bin` null takes each x by itself. */
export interface BandGrid {
  low: number
  bin: number | null
}

/** Mean over seeds at each place, and the band about it. */
export interface SeedBand {
  x: Float64Array
  mean: Float64Array
  /** NaN where there is no band: one seed has no spread. */
  low: Float64Array
  high: Float64Array
  /** Seeds that have a value at the place. */
  n: Uint32Array
  /** Seeds that have any point at all. */
  seeds: number
  /** Places where fewer seeds have a value than there are. */
  partial: number
  /** NaN or infinite points of all seeds; none enters a mean. */
  nonFinite: number
}

/** Where points cannot be matched step by step, this many equal stretches of x stand for them. */
const BINS = 200

/**
 * The grid for curves that share a chart. Points are matched by their very x where nothing is thinned and most of the steps are those of
 * all seeds; else each stretch of x stands with the last point each seed has in it.
 */
export function bandGrid(curves: readonly SeedCurve[]): BandGrid {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let longest = 0
  const places = new Set<number>()
  for (const { x } of curves) {
    longest = Math.max(longest, x.length)
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number
      low = Math.min(low, at)
      high = Math.max(high, at)
      places.add(at)
    }
  }
  const matched = curves.every(({ exact }) => exact) && places.size <= 1.5 * longest
  if (matched || !(high > low)) return { low: Number.isFinite(low) ? low : 0, bin: null }
  return { low, bin: (high - low) / BINS }
}

/** Mean and band over the seeds of one variant. `level`: of the Student t interval of the mean, 0.95 for 95 %. */
export function seedBand(curves: readonly SeedCurve[], spread: BandSpread, level: number, { low, bin }: BandGrid): SeedBand {
  const present = curves.filter(({ x, nonFiniteX }) => x.length > 0 || nonFiniteX.length > 0)
  const places = new Map<number, { x: number[]; y: number[] }>()
  for (const { x, y } of present) {
    // The last point of a stretch comes last, so it is the one that stays.
    const own = new Map<number, number>()
    for (let i = 0; i < x.length; i++) own.set(bin === null ? (x[i] as number) : Math.min(BINS - 1, Math.floor(((x[i] as number) - low) / bin)), i)
    for (const [key, i] of own) {
      const place = places.get(key) ?? { x: [], y: [] }
      place.x.push(x[i] as number)
      place.y.push(y[i] as number)
      places.set(key, place)
    }
  }
  const ordered = [...places].sort(([a], [b]) => a - b).map(([, place]) => place)
  const bands = ordered.map(({ y }) => bandOf(y, spread, level))
  return {
    x: Float64Array.from(ordered, (place) => mean(place.x)),
    mean: Float64Array.from(ordered, ({ y }) => mean(y)),
    low: Float64Array.from(bands, ([from]) => from),
    high: Float64Array.from(bands, ([, to]) => to),
    n: Uint32Array.from(ordered, ({ y }) => y.length),
    seeds: present.length,
    partial: ordered.filter(({ y }) => y.length < present.length).length,
    nonFinite: present.reduce((sum, { nonFiniteX }) => sum + nonFiniteX.length, 0),
  }
}

const NO_BAND: [number, number] = [Number.NaN, Number.NaN]

function bandOf(values: readonly number[], spread: BandSpread, level: number): [number, number] {
  if (values.length < 2) return NO_BAND
  if (spread === 'min-max') return [Math.min(...values), Math.max(...values)]
  const summary = summarise(values)
  if (!summary.defined) return NO_BAND
  if (spread === 'sd') return summary.sd.defined ? [summary.mean - summary.sd.value, summary.mean + summary.sd.value] : NO_BAND
  if (!summary.se.defined) return NO_BAND
  const interval = intervalAround(summary.mean, summary.se.value, values.length - 1, level)
  return interval.defined ? [interval.low, interval.high] : NO_BAND
}
