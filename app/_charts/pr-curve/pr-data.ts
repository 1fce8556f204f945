import { RUN_PALETTE } from '../../../core/colour.ts'
import type { PrCurve, PrCurveValue } from '../../../core/kinds/values.ts'
import type { Dash } from '../xy/xy-data.ts'

export interface PrCurveData {
  title: string
  value: PrCurveValue
  /** Positions in `value.curves`, in the order of the classes. */
  shown: readonly number[]
  /** Lets the precision axis begin near the lowest curve instead of at 0. */
  fitted: boolean
  /** The curve that stands out while the others fade. */
  emphasised?: number | null
}

/** Up to this many classes are drawn without being asked for. */
export const FEW = 10
/** Of more, the worst are: those are looked for. */
const WORST = 5

const DASHES: Dash[] = ['solid', 'dashed', 'dotted']

/** By the place of the class, so that it keeps its look whatever else is shown. Dashes tell apart what has the same colour. */
export function curveLook(index: number): { colour: string; dash: Dash } {
  const turn = Math.floor(index / RUN_PALETTE.length) % DASHES.length
  return { colour: RUN_PALETTE[index % RUN_PALETTE.length]!, dash: DASHES[turn]! }
}

/** Positions of the curves with the lowest average precision, or the highest; those without positives have none. */
export function rankedCurves(curves: readonly PrCurve[], which: 'worst' | 'best', count: number): number[] {
  const sign = which === 'worst' ? 1 : -1
  return curves
    .flatMap(({ averagePrecision }, index) => (averagePrecision === null ? [] : [{ index, averagePrecision }]))
    .sort((a, b) => sign * (a.averagePrecision - b.averagePrecision) || a.index - b.index)
    .slice(0, count)
    .map(({ index }) => index)
    .sort((a, b) => a - b)
}

export function shownAtFirst({ curves }: PrCurveValue): number[] {
  return curves.length <= FEW ? curves.map((_, index) => index) : rankedCurves(curves, 'worst', WORST)
}

/** Plain mean of the average precisions that are known, and how many they are; null without any. */
export function meanAveragePrecision({ curves }: PrCurveValue): { mean: number; of: number } | null {
  const known = curves.flatMap(({ averagePrecision }) => averagePrecision ?? [])
  return known.length === 0 ? null : { mean: known.reduce((sum, one) => sum + one, 0) / known.length, of: known.length }
}
