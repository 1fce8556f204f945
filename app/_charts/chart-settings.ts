import type { Smoothing, XAxis } from '../../core/chart.ts'
import { checkMetricName } from '../../core/metric-name.ts'
import { READING_ORDERS, type ReadingOrder } from './xy/nearest.ts'

/** How charts of a page are drawn; lives in the URL. Reading never fails: nonsense gives the default. */
export interface ChartSettings {
  smoothing: Smoothing
  x: XAxis
  logY: boolean
  clipOutliers: boolean
  /** Visible x range in units of `x`. */
  zoom: [number, number] | null
  order: ReadingOrder
}

export const SMOOTHING_KINDS = ['ema', 'mean', 'gaussian', 'time', 'none'] as const
export type SmoothingKind = (typeof SMOOTHING_KINDS)[number]

/** The amount each kind of smoothing takes: name, default and limits. `ema` is TensorBoard's: slider to 0.99, box to 0.999. */
export const AMOUNTS = {
  ema: { label: 'weight', initial: 0.6, min: 0, max: 0.999, sliderMax: 0.99, step: 0.01 },
  mean: { label: 'points', initial: 25, min: 1, max: 9999, sliderMax: 501, step: 2 },
  gaussian: { label: 'σ, points', initial: 5, min: 0.1, max: 2000, sliderMax: 100, step: 0.5 },
  time: { label: 'half-life, steps', initial: 50, min: 1, max: 1e9, sliderMax: 1000, step: 1 },
} as const satisfies Record<Exclude<SmoothingKind, 'none'>, unknown>

export interface UrlValues {
  smoothing: string | null
  smooth: string | null
  x: string | null
  logy: string | null
  outliers: string | null
  zoom: string | null
  order: string | null
}

/** The smoothing amount as a number within the limits of its kind; the default when it is missing or nonsense. */
export function readAmount(kind: SmoothingKind, text: string | null): number {
  if (kind === 'none') return 0
  const { initial, min, max } = AMOUNTS[kind]
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value) || value < min || value > max) return initial
  return kind === 'mean' ? Math.round((value - 1) / 2) * 2 + 1 : value
}

/** Whether the address names a smoothing; nonsense names none. */
export function namesSmoothing({ smoothing, smooth }: Pick<UrlValues, 'smoothing' | 'smooth'>): boolean {
  const kind = readSmoothingKind(smoothing)
  return kind === smoothing || (smooth !== null && smooth.trim() !== '' && String(readAmount(kind, smooth)) === String(Number(smooth)))
}

function smoothingOf(kind: SmoothingKind, amount: number): Smoothing {
  if (kind === 'ema') return amount > 0 ? { kind, weight: amount } : { kind: 'none' }
  if (kind === 'mean') return amount > 1 ? { kind, window: amount } : { kind: 'none' }
  if (kind === 'gaussian') return { kind, sigma: amount }
  if (kind === 'time') return { kind, halfLife: amount }
  return { kind: 'none' }
}

export function readSmoothingKind(text: string | null): SmoothingKind {
  return SMOOTHING_KINDS.find((kind) => kind === text) ?? 'ema'
}

/** `step`, `relative`, `wall`, else the name of a metric whose value is x (`epoch`). */
export function readX(text: string | null): XAxis {
  if (text === null || text === 'step') return { kind: 'step' }
  if (text === 'relative' || text === 'wall') return { kind: text }
  try {
    return { kind: 'metric', name: checkMetricName(text) }
  } catch {
    return { kind: 'step' }
  }
}

export const xText = (x: XAxis) => (x.kind === 'metric' ? x.name : x.kind)

/** `1000~2000`, low end first; null for anything else. */
export function readZoom(text: string | null): [number, number] | null {
  const match = /^(-?[\d.]+(?:e[+-]?\d+)?)~(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(text ?? '')
  const [low, high] = [Number(match?.[1] ?? Number.NaN), Number(match?.[2] ?? Number.NaN)]
  return Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : null
}

/** The zoom as URL text, with digits enough for a thousandth of the range. */
export function zoomText([low, high]: [number, number]): string {
  const decimals = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(high - low))))
  return `${Number(low.toFixed(decimals))}~${Number(high.toFixed(decimals))}`
}

export function readSettings(url: UrlValues): ChartSettings {
  const kind = readSmoothingKind(url.smoothing)
  return {
    smoothing: smoothingOf(kind, readAmount(kind, url.smooth)),
    x: readX(url.x),
    logY: url.logy === '1',
    clipOutliers: url.outliers === 'clip',
    zoom: readZoom(url.zoom),
    order: READING_ORDERS.find((order) => order === url.order) ?? 'nearest',
  }
}
