import type { Bin } from './bin-columns.ts'

/** A series as the rules read it: one entry per bin, in step order, finite. Bins are as wide as the run is long; see `SeriesSketch`. */
export class Curve {
  readonly n: number
  /** Middle of the steps of the bin. */
  readonly step: Float64Array
  /** Median of the bin: what a rule reads unless it asks for something else. */
  readonly value: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  /** Points of the bin, and their standard deviation: NaN of a single point. */
  readonly count: Float64Array
  readonly deviation: Float64Array
  readonly firstSteps: Float64Array
  readonly lastSteps: Float64Array
  readonly firstStep: number
  readonly lastStep: number

  /** Finite points of the whole series. */
  readonly points: number

  constructor(bins: readonly Bin[]) {
    this.n = bins.length
    this.points = bins.reduce((sum, { count }) => sum + count, 0)
    const column = (read: (bin: Bin) => number) => Float64Array.from(bins, read)
    this.step = column(({ firstStep, lastStep }) => (firstStep + lastStep) / 2)
    this.value = column(({ median }) => median)
    this.mean = column(({ mean }) => mean)
    this.min = column(({ min }) => min)
    this.max = column(({ max }) => max)
    this.count = column(({ count }) => count)
    this.deviation = column(({ squares, count }) => (count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN))
    this.firstSteps = column(({ firstStep }) => firstStep)
    this.lastSteps = column(({ lastStep }) => lastStep)
    this.firstStep = bins[0]?.firstStep ?? Number.NaN
    this.lastStep = bins[bins.length - 1]?.lastStep ?? Number.NaN
  }

  /** Steps from the first point to the last. */
  get span(): number {
    return this.n === 0 ? 0 : this.lastStep - this.firstStep
  }

  /** First bin whose middle is at `step` or later; n when there is none. */
  indexAt(step: number): number {
    let low = 0
    let high = this.n
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.step[middle]! < step) low = middle + 1
      else high = middle
    }
    return low
  }
}
