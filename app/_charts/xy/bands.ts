import { LARGEST } from './extent.ts'
import type { LineBand } from './xy-data.ts'

/**
 * Outlines of a band in plot units: along the upper edge and back along the lower. A gap (no spread, or an edge that a log axis cannot
 * show) ends one and begins the next; a stretch of one point has no area and is left out.
 */
export function bandOutlines({ x, low, high }: LineBand, log: boolean): Float64Array[] {
  const unit = (value: number) => (log ? (value > 0 ? Math.log10(value) : Number.NaN) : Math.min(LARGEST, Math.max(-LARGEST, value)))
  const outlines: Float64Array[] = []
  let stretch: [x: number, low: number, high: number][] = []
  const end = () => {
    if (stretch.length > 1)
      outlines.push(Float64Array.from([...stretch.flatMap(([at, , to]) => [at, to]), ...stretch.toReversed().flatMap((one) => [one[0], one[1]])]))
    stretch = []
  }
  for (let i = 0; i < x.length; i++) {
    const [from, to] = [unit(low[i]!), unit(high[i]!)]
    if (Number.isNaN(from) || Number.isNaN(to)) end()
    else stretch.push([x[i]!, from, to])
  }
  end()
  return outlines
}
