import type { Smoothing } from '../../../core/chart.ts'
import { formatNumber } from '../../../core/format-number.ts'

/** A smoothing in words: `EMA, weight 0.6`. */
export function smoothingText(smoothing: Smoothing): string {
  switch (smoothing.kind) {
    case 'none':
      return 'none'
    case 'ema':
      return `EMA, weight ${formatNumber(smoothing.weight)}`
    case 'mean':
      return `mean of ${smoothing.window} points`
    case 'gaussian':
      return `Gaussian, σ = ${formatNumber(smoothing.sigma)} points`
    case 'time':
      return `EMA, half-life ${formatNumber(smoothing.halfLife)} steps`
  }
}
