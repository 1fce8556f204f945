import type { Bin } from './bin-columns.ts'
import { Curve } from './curve.ts'

/** The curve times `factor`; with `complement` 1 minus that: the accuracy of an error rate. */
export function rescaled(curve: Curve, factor: number, complement: boolean): Curve {
  if (factor === 1 && !complement) return curve
  const to = (value: number) => (complement ? 1 - value * factor : value * factor)
  return new Curve(
    Array.from({ length: curve.n }, (_, i): Bin => {
      const count = curve.count[i]!
      const deviation = curve.deviation[i]! * factor
      return {
        count,
        mean: to(curve.mean[i]!),
        median: to(curve.value[i]!),
        min: to(complement ? curve.max[i]! : curve.min[i]!),
        max: to(complement ? curve.min[i]! : curve.max[i]!),
        squares: count > 1 ? deviation * deviation * (count - 1) : 0,
        firstStep: curve.firstSteps[i]!,
        lastStep: curve.lastSteps[i]!,
      }
    }),
  )
}
