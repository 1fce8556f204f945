import type { Tensor } from '@tensorflow/tfjs'

/** One variable of an observed update. */
export interface WeightSample {
  label: string
  isKernel: boolean
  /** Values before and after the update; null when only the gradient is wanted: always for biases. */
  weights: { before: Tensor; after: Tensor } | null
  gradient: Tensor | null
}

export interface Wanted {
  ratios: boolean
  gradients: boolean
  histograms: boolean
}

/** What was measured of one variable; what was not asked for is null. */
export interface WeightMeasurement {
  label: string
  isKernel: boolean
  squares: { updateSquares: number; weightSquares: number } | null
  /** RATIO_SLOTS counts, see core/update-ratio.ts. */
  slots: Float64Array | null
  /** Share of elements whose gradient was not 0 but whose update rounded to 0. */
  lostShare: number | null
  gradientSquares: number | null
}
