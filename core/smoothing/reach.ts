import type { Smoothing } from '../chart.ts'
import { gaussianReach } from './gaussian.ts'

/** Weight below which the past no longer shows. */
const NEGLIGIBLE = 1e-12

/** Half-lives after which a point's weight is below NEGLIGIBLE. */
const HALF_LIVES = 40

/** How many points before and after a point its smoothed value depends on by more than NEGLIGIBLE. `spacing`: steps between points. */
export function smoothingReach(smoothing: Smoothing, spacing: number): { back: number; ahead: number } {
  switch (smoothing.kind) {
    case 'none':
      return { back: 0, ahead: 0 }
    case 'ema':
      return { back: smoothing.weight > 0 ? Math.ceil(Math.log(NEGLIGIBLE) / Math.log(smoothing.weight)) : 0, ahead: 0 }
    case 'mean': {
      const half = Math.floor(smoothing.window / 2)
      return { back: half, ahead: half }
    }
    case 'gaussian': {
      const reach = gaussianReach(smoothing.sigma)
      return { back: reach, ahead: reach }
    }
    case 'time':
      return { back: Math.ceil((HALF_LIVES * smoothing.halfLife) / spacing), ahead: 0 }
  }
}
