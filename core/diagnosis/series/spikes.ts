import { medianOf } from './median-of.ts'

/** A value far above its surroundings. */
export interface Spike {
  /** Step of the first value above, and the highest value up to the return. */
  step: number
  value: number
  /** Median of the values before. */
  level: number
  /** Place in the series, counted in points. */
  point: number
  /** Points above. */
  length: number
}

const BLOCK = 64
/** Blocks have 64 points at first; the longer the series, the more points each, so that sorting costs next to nothing per point. */
const BLOCKS_BEFORE_GROWTH = 50
const KEPT = 64
/** Times the median, and median absolute deviations of a normal distribution (1.4826 · MAD is its standard deviation). */
const TIMES = 1.5
/** Share of the way to a spike from which values are counted. */
const WATCHED = 0.5
/** Share of the largest median that a spike is high at least. */
const LEAST = 0.1
const FIRST = 5
const DEVIATIONS = 10 * 1.4826

/** Finds outliers above: each point is held against median and deviation of the block of points before. */
export class Spikes {
  /** A value above this is looked at; infinite until the first block is full. */
  watched = Number.POSITIVE_INFINITY
  /** A value above this is a spike. */
  above = Number.POSITIVE_INFINITY
  /** Values in between: many of them are the long tail of a distribution. */
  moderate = 0
  /** Every (mask + 1)-th point goes into the block. */
  mask = 0
  open: Spike | null = null
  /** All that ended, also those no longer kept. */
  ended = 0
  /** The last 64 that ended. */
  readonly kept: Spike[] = []
  #level = 0
  /** Mean of the first values, or the largest median: near 0 everything is many times the median. */
  #scale = 0
  #block = new Float64Array(BLOCK)
  #filled = 0
  #blocks = 0

  sample(value: number): void {
    this.#block[this.#filled++] = value
    if (this.#blocks === 0 && this.#filled === FIRST) for (let i = 0; i < FIRST; i++) this.#scale += Math.abs(this.#block[i]!) / FIRST
    if (this.#filled < BLOCK) return
    this.#filled = 0
    const values = this.#block
    const median = medianOf(values)
    for (let i = 0; i < BLOCK; i++) values[i] = Math.abs(values[i]! - median)
    const deviation = DEVIATIONS * medianOf(values)
    this.#level = median
    // Where the values do not vary at all there is no scale but the level itself.
    this.above = Math.max(median + deviation, median > 0 ? median * TIMES : deviation > 0 ? median : Number.POSITIVE_INFINITY)
    this.#scale = Math.max(this.#scale, Math.abs(median))
    this.above = Math.max(this.above, median + LEAST * this.#scale)
    this.watched = median + (this.above - median) * WATCHED
    if (++this.#blocks === BLOCKS_BEFORE_GROWTH) {
      this.#blocks = BLOCKS_BEFORE_GROWTH / 2
      this.mask = this.mask * 2 + 1
    }
  }

  /** To call for each value that is watched, and for the first that is not while one is open. */
  note(step: number, value: number, point: number): void {
    if (value > this.above) {
      if (this.open === null) this.open = { step, value, level: this.#level, point, length: 1 }
      else {
        this.open.length++
        if (value > this.open.value) this.open.value = value
      }
      return
    }
    if (value > this.watched) this.moderate++
    if (this.open === null) return
    this.ended++
    this.kept.push(this.open)
    if (this.kept.length > KEPT) this.kept.shift()
    this.open = null
  }

  dropFrom(step: number): void {
    this.open = null
    while (this.kept.length > 0 && this.kept[this.kept.length - 1]!.step >= step) {
      this.kept.pop()
      this.ended--
    }
  }
}
