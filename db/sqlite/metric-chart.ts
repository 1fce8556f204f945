import type { ChartColumns, ChartRequest } from '../../core/chart.ts'
import { PixelColumns } from '../../core/downsample.ts'
import { smooth } from '../../core/smoothing/smooth.ts'
import type { Points } from '../../core/span.ts'
import type { Line } from './chart-reader.ts'
import type { Source } from './line-reader.ts'
import type { Stored } from './read-line.ts'
import { readLine } from './read-line.ts'

/** Value of `metric` at each step of `points`; NaN where it has none. Both are in step order. */
function valuesAtSteps(points: Points, metric: Points): Float64Array {
  const x = new Float64Array(points.step.length).fill(Number.NaN)
  let at = 0
  for (let i = 0; i < x.length; i++) {
    while (at < metric.step.length && metric.step[at]! < points.step[i]!) at++
    if (metric.step[at] === points.step[i]) x[i] = metric.value[at]!
  }
  return x
}

/** A chart whose x is another metric at the same step. Points where that has no finite value have no place and are counted as `unplaced`. */
export function metricChart(stored: Stored, line: Line, other: Source[], request: ChartRequest): Partial<ChartColumns> {
  const points = readLine(stored, line.sources)
  const x = valuesAtSteps(points, readLine(stored, other))
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let unplaced = 0
  for (let i = 0; i < x.length; i++) {
    const at = x[i]!
    if (at - at !== 0) {
      unplaced++
      x[i] = Number.NaN
      continue
    }
    if (at < low) low = at
    if (at > high) high = at
  }
  if (unplaced === x.length) return { unplaced, exact: unplaced === 0 }
  const [from, to] = request.range ?? [low, high]
  const columns = new PixelColumns(from, to, request.width)
  columns.addPoints(x, 0, points, 0, x.length)
  const drawn = columns.finish()
  const result = { ...drawn, n: columns.n, nonFinite: columns.nonFinite, unplaced, extent: [low, high] as [number, number] }
  if (request.smoothing.kind === 'none') return result
  const smoothed = new PixelColumns(from, to, request.width)
  smoothed.addPoints(x, 0, { ...points, value: smooth(points, request.smoothing) }, 0, x.length)
  const { x: smoothX, y: smoothY } = smoothed.finish()
  return { ...result, smoothX, smoothY }
}
