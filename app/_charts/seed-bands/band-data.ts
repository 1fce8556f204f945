import type { BandSpread } from '../../../core/ablation/seed-bands.ts'
import type { XyData } from '../xy/xy-data.ts'

/** Curves of variants as means over seeds; each line has a `band`. */
export interface SeedBandsData extends XyData {
  spread: BandSpread
  /** Of the interval, e.g. 0.95; used by `ci`. */
  level: number
  /** Width of the stretches of x that stand for their points; null: each step by itself. */
  bin: number | null
  /** By key of the line. */
  facts: Readonly<Record<string, BandFacts>>
  /** Variants of the study that are not among the lines. */
  leftOut: number
}

export interface BandFacts {
  /** Runs with points of the metric. */
  seeds: number
  /** Places of the line where fewer seeds have a value. */
  partial: number
  nonFinite: number
}

export function spreadText(spread: BandSpread, level: number): string {
  if (spread === 'sd') return '± 1 sample standard deviation'
  if (spread === 'min-max') return 'from the lowest to the highest seed'
  return `${Number((100 * level).toPrecision(6))}% confidence interval of the mean (Student t)`
}
