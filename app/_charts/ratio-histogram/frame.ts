import type { Plot } from '../xy/xy-data.ts'
import type { Slice } from './slices.ts'

/** Where things go in a histogram of log10 ratios. */
export interface RatioFrame {
  plot: Plot
  /** Decades on x. */
  low: number
  high: number
  slices: Slice[]
}

/** Horizontal place (px) of a log10 ratio. */
export const ratioX = ({ plot, low, high }: RatioFrame, log10: number) => plot.left + ((log10 - low) / (high - low)) * plot.width
