import { dataX, type NonFinite, plotX, plotY, type XyLine, type XyScene } from './xy-data.ts'

/** Index of the value in ascending `xs` closest to `x` (the earlier of two equally close); −1 when empty. */
export function nearestIndex(xs: Float64Array, x: number): number {
  if (xs.length === 0) return -1
  let low = 0
  let high = xs.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (xs[middle]! < x) low = middle + 1
    else high = middle
  }
  return low > 0 && x - xs[low - 1]! <= xs[low]! - x ? low - 1 : low
}

/** What the crosshair reads off one line. */
export interface Reading {
  line: XyLine
  x: number
  /** The logged value; null when the line has none near. */
  raw: number | null
  smoothed: number | null
  nonFinite: NonFinite | null
  step: number
  /** ms since epoch; NaN when not known. */
  wall: number
  /** Pixels from the pointer to the drawn point, vertically. */
  distance: number
}

/** A line is not read beyond its ends by more than this many pixels. */
const REACH = 24
const KINDS: NonFinite[] = ['NaN', '+Inf', '-Inf']

/** Reads every line of the scene at x (data units). `pixelY` is where the pointer is, for sorting by nearness; null: unknown. */
export function readings(scene: XyScene, x: number, pixelY: number | null): Reading[] {
  return scene.lines.flatMap(({ line }) => {
    const reading = readLine(line, scene, x)
    if (!reading) return []
    const shown = reading.smoothed ?? reading.raw
    const drawn = shown === null || !Number.isFinite(shown) || (scene.y.log && shown <= 0) ? null : plotY(scene, shown)
    return [{ ...reading, distance: pixelY === null || drawn === null ? Number.POSITIVE_INFINITY : Math.abs(drawn - pixelY) }]
  })
}

function readLine(line: XyLine, scene: XyScene, x: number): Omit<Reading, 'distance'> | null {
  const { columns } = line
  const pixel = plotX(scene, x)
  const far = (at: number) => Math.abs(plotX(scene, at) - pixel)
  const i = nearestIndex(columns.x, x)
  const s = nearestIndex(columns.smoothX, x)
  const odd = nearestNonFinite(columns.nonFiniteX, x)
  const finite = i >= 0 ? far(columns.x[i]!) : Number.POSITIVE_INFINITY
  const nonFinite = odd >= 0 ? far(columns.nonFiniteX[odd]!) : Number.POSITIVE_INFINITY
  if (nonFinite < finite) {
    if (nonFinite > REACH) return null
    const at = columns.nonFiniteX[odd]!
    const kind = KINDS[columns.nonFiniteKind[odd] ?? 0] ?? 'NaN'
    const step = scene.data.x.kind === 'step' ? at : Number.NaN
    return { line, x: at, raw: null, smoothed: null, nonFinite: kind, step, wall: Number.NaN }
  }
  if (i < 0) return null
  const first = columns.x[0]!
  const last = columns.x[columns.x.length - 1]!
  if ((x < first && far(first) > REACH) || (x > last && far(last) > REACH)) return null
  return {
    line,
    x: columns.x[i]!,
    raw: columns.y[i]!,
    smoothed: s >= 0 ? columns.smoothY[s]! : null,
    nonFinite: null,
    step: columns.step[i] ?? Number.NaN,
    wall: columns.wall[i] ?? Number.NaN,
  }
}

/** Several kinds may lie in one pixel column, so this list is short and need not be sorted. */
function nearestNonFinite(xs: Float64Array, x: number): number {
  let best = -1
  for (let i = 0; i < xs.length; i++) if (best < 0 || Math.abs(xs[i]! - x) < Math.abs(xs[best]! - x)) best = i
  return best
}

export const READING_ORDERS = ['nearest', 'descending', 'ascending', 'name'] as const
export type ReadingOrder = (typeof READING_ORDERS)[number]

/** A sorted copy; lines without a number come last. */
export function sortReadings(list: Reading[], order: ReadingOrder): Reading[] {
  const value = (reading: Reading) => reading.smoothed ?? reading.raw ?? Number.NaN
  const numbers = (a: number, b: number) => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b)
  return [...list].sort((a, b) => {
    if (order === 'name') return a.line.label.localeCompare(b.line.label, 'en', { numeric: true })
    if (order === 'ascending') return numbers(value(a), value(b))
    if (order === 'descending') return numbers(-value(a), -value(b))
    return a.distance === b.distance ? 0 : a.distance - b.distance
  })
}

/** The next drawn x to the right (`direction` 1) or left (−1) of `x` in view, over all lines; null at the end. */
export function nextX(scene: XyScene, x: number, direction: 1 | -1): number | null {
  let best: number | null = null
  for (const { line } of scene.lines)
    for (const xs of [line.columns.x, line.columns.nonFiniteX])
      for (const candidate of xs) {
        if (candidate < scene.x.min || candidate > scene.x.max) continue
        if ((candidate - x) * direction <= 0) continue
        if (best === null || (candidate - best) * direction < 0) best = candidate
      }
  return best
}

/** The drawn x nearest to a pixel, over all lines, so that the crosshair rests on data. */
export function snapX(scene: XyScene, pixel: number): number {
  const x = dataX(scene, pixel)
  let best = x
  let distance = Number.POSITIVE_INFINITY
  for (const { line } of scene.lines) {
    const i = nearestIndex(line.columns.x, x)
    if (i >= 0 && Math.abs(line.columns.x[i]! - x) < distance) {
      best = line.columns.x[i]!
      distance = Math.abs(best - x)
    }
  }
  return distance === Number.POSITIVE_INFINITY || Math.abs(plotX(scene, best) - pixel) > REACH ? x : best
}
