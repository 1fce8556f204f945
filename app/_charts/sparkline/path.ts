export interface SparklineData {
  label: string
  /** Ascending; null: evenly spaced. */
  x: ArrayLike<number> | null
  /** NaN and ±Infinity break the line and are marked. */
  y: ArrayLike<number>
  colour: string
}

export interface SparklinePath {
  /** SVG path of the line, tenths of a pixel. */
  d: string
  /** Finite points without neighbours. */
  dots: [number, number][]
  /** Where non-finite values lie, at the top edge. */
  marks: number[]
}

const INSET = 1.5
const MARK_GAP = 4

/** A line scaled to fill `width` × `height` pixels. */
export function sparklinePath({ x, y }: Pick<SparklineData, 'x' | 'y'>, width: number, height: number): SparklinePath {
  const n = y.length
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < n; i++)
    if (Number.isFinite(y[i]!)) {
      low = Math.min(low, y[i]!)
      high = Math.max(high, y[i]!)
    }
  const first = x ? x[0]! : 0
  const span = (x ? x[n - 1]! : n - 1) - first
  const left = (i: number) => (span > 0 ? INSET + (((x ? x[i]! : i) - first) / span) * (width - 2 * INSET) : width / 2)
  // Halves first: the difference of two huge numbers overflows.
  const top = (value: number) => (high > low ? INSET + ((high / 2 - value / 2) / (high / 2 - low / 2)) * (height - 2 * INSET) : height / 2)
  const tenth = (value: number) => Math.round(value * 10) / 10
  let d = ''
  const dots: [number, number][] = []
  const marks: number[] = []
  let pen = false
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(y[i]!)) {
      if (marks.length === 0 || left(i) - marks.at(-1)! >= MARK_GAP) marks.push(tenth(left(i)))
      pen = false
      continue
    }
    const [px, py] = [tenth(left(i)), tenth(top(y[i]!))]
    const follows = i + 1 < n && Number.isFinite(y[i + 1]!)
    if (pen) d += `L${px} ${py}`
    else if (follows) d += `M${px} ${py}`
    else dots.push([px, py])
    pen = true
  }
  return { d, dots, marks }
}
