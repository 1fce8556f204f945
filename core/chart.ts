/** The one chart query: any range and any pixel width, at a cost that grows with pixels and not with points. */

/** What the x axis shows. `relative`: ms since the run's first point; `wall`: ms since epoch; else: value of another metric at the same step. */
export type XAxis = { kind: 'step' } | { kind: 'relative' } | { kind: 'wall' } | { kind: 'metric'; name: string }

export type Smoothing =
  | { kind: 'none' }
  /** TensorBoard's debiased exponential moving average; weight in [0, 1). */
  | { kind: 'ema'; weight: number }
  /** Centred mean of `window` points (odd). */
  | { kind: 'mean'; window: number }
  /** Gaussian kernel, `sigma` in points. */
  | { kind: 'gaussian'; sigma: number }
  /** EMA that decays with x distance: `halfLife` in units of the step. */
  | { kind: 'time'; halfLife: number }

export interface ChartRequest {
  runId: string
  name: string
  x: XAxis
  /** Inclusive, in x units; null: everything. */
  range: [number, number] | null
  /** Pixel columns of the plot area, 1–8,192. */
  width: number
  smoothing: Smoothing
  /** Also return what later attempts or repeated steps superseded. */
  abandoned: boolean
}

/** At most four points (first, min, max, last) per pixel column and series, in x order. */
export interface ChartColumns {
  runId: string
  name: string
  /** Drawn points. NaN and ±Infinity never appear here: they are in `nonFinite`. */
  x: Float64Array
  y: Float64Array
  /** Step of each drawn point (equal to x when x is the step). */
  step: Float64Array
  /** Wall time (ms since epoch) of each drawn point. */
  wall: Float64Array
  /** Smoothed line, computed on full data before any thinning; empty when smoothing is none. */
  smoothX: Float64Array
  smoothY: Float64Array
  /** False when `smoothY` was computed on block means (above about a million points); `smoothNote` says how. */
  smoothExact: boolean
  smoothNote: string | null
  /** Where NaN (kind 0), +Infinity (1), −Infinity (2) lie: at most one of each kind per pixel column. */
  nonFiniteX: Float64Array
  nonFiniteKind: Uint8Array
  /** Superseded points (thinned alike), empty unless asked for. */
  abandonedX: Float64Array
  abandonedY: Float64Array
  /** Points on the line within the range, before thinning. */
  n: number
  nonFinite: number
  /** Points of the whole line that a later attempt or a later write of the same step replaced. */
  superseded: number
  /** Points of the whole line that have no x: the metric on the x axis has no finite value at their step. Absent on other axes. */
  unplaced?: number
  /** True when every point of the range is in x/y. */
  exact: boolean
  /** x of the whole line, ignoring `range`; of abandoned points too when they were asked for. */
  extent: [number, number] | null
  /** Summary figures of the whole line. */
  total: number
}
