import type { ChartColumns, Smoothing, XAxis } from '../../../core/chart.ts'
import type { Tick } from '../../../core/ticks.ts'
import type { Size } from '../chart-kind.ts'

export type Dash = 'solid' | 'dashed' | 'dotted'

/** One series of a chart with its data. */
export interface XyLine {
  /** Unique in the chart. */
  key: string
  runId: string
  /** Metric name. */
  name: string
  label: string
  colour: string
  dash: Dash
  split?: 'train' | 'val' | 'test'
  /** ms since epoch; lets the tooltip say how long the run had been going. */
  startedAt?: number
  columns: ChartColumns
  /** For a line that is a mean over runs: its spread at each x. */
  band?: LineBand
}

/** The spread about a mean. `low` and `high` are NaN where there is none. */
export interface LineBand {
  x: Float64Array
  low: Float64Array
  high: Float64Array
  /** Runs the mean is over, at each x. */
  n: Uint32Array
}

/** A stretch of steps that something is said about. */
export interface XySpan {
  /** One to three words, written at its beginning. */
  label: string
  fromStep: number
  toStep: number
  /** `shape`: what the curve looks like there, no judgement. */
  tone: 'critical' | 'warning' | 'info' | 'shape'
  /** The one that was asked for. */
  strong?: boolean
}

/** What scalar, scatter and train-val charts draw. */
export interface XyData {
  title: string
  lines: XyLine[]
  x: XAxis
  smoothing: Smoothing
  /** Visible x range; null: all there is. */
  view: [number, number] | null
  logY: boolean
  /** TensorBoard's rule: y covers the 5th to 95th percentile. Off by default, and said when it clips. */
  clipOutliers: boolean
  /** What the difference of the splits of one run is called at the crosshair; default `gap train − val`. */
  gap?: string
  /** Keys of the lines that stand out while the others fade. */
  emphasised?: ReadonlySet<string> | null
  /** Stretches to shade. */
  spans?: readonly XySpan[]
}

/** `line`: raw ghost + smoothed line. `dots`: raw values as dots, smoothed line over them. */
export type Mark = 'line' | 'dots'

/** Above this number of lines they are drawn on our own canvas, and raw ghosts of smoothed lines are left out. */
export const MANY_LINES = 10

/** A rectangle in pixels. */
export interface Plot {
  left: number
  top: number
  width: number
  height: number
}

export interface SceneLine {
  line: XyLine
  /** x, y, x, y … in plot units (log10 when log); NaN y breaks the line. */
  raw: Float64Array
  smooth: Float64Array | null
  /** Over dots of its own colour the line needs another: towards the text colour. */
  smoothColour: string
  abandoned: Float64Array | null
  /** Finite points with no neighbour to connect to: x, y, x, y … */
  lone: Float64Array
  /** Outlines of the band in plot units, x, y, x, y …; one per stretch without a gap. */
  bands: Float64Array[]
  /** Dots of a scatter, thinned on a pixel grid; null for lines. */
  dots: Float64Array | null
  faded: boolean
}

export type NonFinite = 'NaN' | '+Inf' | '-Inf'

export interface SceneMarker {
  line: XyLine
  x: number
  kind: NonFinite
}

/** A stretch on the x axis at hand. */
export interface SceneSpan {
  span: XySpan
  from: number
  to: number
}

/** A chart worked out to plot units and pixels: everything but colours of the theme. */
export interface XyScene {
  theme: 'light' | 'dark'
  data: XyData
  mark: Mark
  size: Size
  plot: Plot
  x: { min: number; max: number; ticks: Tick[]; title: string }
  y: { min: number; max: number; ticks: Tick[]; log: boolean }
  lines: SceneLine[]
  markers: SceneMarker[]
  spans: SceneSpan[]
  /** Raw ghosts are left out because there are more than MANY_LINES. */
  ghostsHidden: boolean
}

/** Enough of a chart to turn pixels into x and back. */
export interface XFrame {
  plot: Plot
  x: { min: number; max: number }
}

export const plotX = (scene: XFrame, x: number) => scene.plot.left + ((x - scene.x.min) / (scene.x.max - scene.x.min)) * scene.plot.width
export const plotY = (scene: XyScene, y: number) =>
  scene.plot.top + (1 - ((scene.y.log ? Math.log10(y) : y) - scene.y.min) / (scene.y.max - scene.y.min)) * scene.plot.height
export const dataX = (scene: XFrame, pixel: number) => scene.x.min + ((pixel - scene.plot.left) / scene.plot.width) * (scene.x.max - scene.x.min)
