import { formatNumber } from '../../core/format-number.ts'
import type { Goal } from '../../core/run.ts'

export interface MetricDifference {
  /** Signed, with its unit: `+0.42 pp`, `−0.013 (−4.1 %)`. */
  text: string
  /** Null when the goal is unknown or nothing changed. */
  better: boolean | null
}

const FRACTION = /(^|[/_. -])(accuracy|acc|top[_ -]?\d|precision|recall|f1|auc|auroc|iou|dice|map|error[_ -]?rate)([/_. -]|\d|$)/i

/** True for metrics that are shares of a whole by their name and by both values: their differences are in percentage points. */
function isFraction(name: string, ...values: number[]): boolean {
  return FRACTION.test(name) && values.every((value) => value >= 0 && value <= 1)
}

/**
 * Difference of a metric to the baseline's, in points for shares between 0 and 1, else absolute and relative.
 * Null when either value is not finite: there is no difference to state.
 */
export function metricDifference(name: string, value: number, baseline: number, goal: Goal | null): MetricDifference | null {
  if (!Number.isFinite(value) || !Number.isFinite(baseline)) return null
  const difference = value - baseline
  const better = goal === null || difference === 0 ? null : difference > 0 === (goal === 'max')
  if (isFraction(name, value, baseline)) return { text: `${signed(difference * 100, 3)} pp`, better }
  const percent = baseline === 0 ? null : (difference / Math.abs(baseline)) * 100
  return { text: `${signed(difference, 3)}${percent === null ? '' : ` (${signed(percent, 2)} %)`}`, better }
}

function signed(value: number, digits: number): string {
  const text = formatNumber(Math.abs(value), digits)
  return value === 0 ? '±0' : `${value < 0 ? '−' : '+'}${text}`
}
