import type { Smoothing } from '../chart.ts'
import { smoothMean } from './centred-mean.ts'
import { smoothEma } from './ema.ts'
import { smoothGaussian } from './gaussian.ts'
import { smoothTimeEma } from './time-ema.ts'

/** Smoothed values, one per point, points in step order. Non-finite values stay where they are. */
export function smooth(points: { step: Float64Array; value: Float64Array }, smoothing: Smoothing): Float64Array {
  switch (smoothing.kind) {
    case 'none':
      return points.value
    case 'ema':
      return smoothEma(points.value, smoothing.weight)
    case 'mean':
      return smoothMean(points.value, smoothing.window)
    case 'gaussian':
      return smoothGaussian(points.value, smoothing.sigma)
    case 'time':
      return smoothTimeEma(points.step, points.value, smoothing.halfLife)
  }
}
