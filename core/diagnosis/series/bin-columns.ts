/** Steps are put into at most so many bins per series: what a rule reads is bounded, however long the run. */
export const MOST_BINS = 400

/** What is kept of the points of one bin. */
export interface Bin {
  count: number
  mean: number
  median: number
  min: number
  max: number
  /** Sum of squared differences to the mean. */
  squares: number
  firstStep: number
  lastStep: number
}

/** Places of the figures of one bin in the rows of `data`. */
const KEY = 0
const COUNT = 1
const MEAN = 2
const MEDIAN = 3
const MIN = 4
const MAX = 5
const SQUARES = 6
const FIRST = 7
const LAST = 8
const FIELDS = 9

const FIRST_CAPACITY = 16

/**
 * Closed bins of a series in step order. A bin holds the steps from `key · width` up to the next key; empty ones are not kept. When there
 * are too many, the width doubles and neighbours merge: dense and sparse stretches then weigh by their steps, not by their rows.
 */
export class BinColumns {
  width = 1
  n = 0
  #data = new Float64Array(FIRST_CAPACITY * FIELDS)

  /** Adds a bin at the end; one with the key of the last is merged into that. */
  push(key: number, bin: Bin): void {
    if (this.n > 0 && this.#data[(this.n - 1) * FIELDS + KEY] === key) {
      this.#put(this.n - 1, key, merge(this.at(this.n - 1), bin))
      return
    }
    if ((this.n + 1) * FIELDS > this.#data.length) {
      const grown = new Float64Array(this.#data.length * 2)
      grown.set(this.#data)
      this.#data = grown
    }
    this.#put(this.n++, key, bin)
    while (this.n > MOST_BINS) this.#double()
  }

  at(i: number): Bin {
    const at = i * FIELDS
    const data = this.#data
    return {
      count: data[at + COUNT]!,
      mean: data[at + MEAN]!,
      median: data[at + MEDIAN]!,
      min: data[at + MIN]!,
      max: data[at + MAX]!,
      squares: data[at + SQUARES]!,
      firstStep: data[at + FIRST]!,
      lastStep: data[at + LAST]!,
    }
  }

  /** Forgets every bin that reaches to `step` or beyond. */
  dropFrom(step: number): void {
    while (this.n > 0 && this.#data[(this.n - 1) * FIELDS + LAST]! >= step) this.n--
  }

  #double(): void {
    this.width *= 2
    const before = this.n
    this.n = 0
    for (let i = 0; i < before; i++) this.push(Math.floor(this.#data[i * FIELDS + KEY]! / 2), this.at(i))
  }

  #put(i: number, key: number, bin: Bin): void {
    const at = i * FIELDS
    const data = this.#data
    data[at + KEY] = key
    data[at + COUNT] = bin.count
    data[at + MEAN] = bin.mean
    data[at + MEDIAN] = bin.median
    data[at + MIN] = bin.min
    data[at + MAX] = bin.max
    data[at + SQUARES] = bin.squares
    data[at + FIRST] = bin.firstStep
    data[at + LAST] = bin.lastStep
  }
}

/** The median of two bins is not known from theirs: the weighted mean of both is as robust to single values, and smoother. */
export function merge(a: Bin, b: Bin): Bin {
  const count = a.count + b.count
  const share = b.count / count
  const difference = b.mean - a.mean
  return {
    count,
    mean: a.mean + difference * share,
    median: a.median + (b.median - a.median) * share,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    squares: a.squares + b.squares + difference * difference * a.count * share,
    firstStep: Math.min(a.firstStep, b.firstStep),
    lastStep: Math.max(a.lastStep, b.lastStep),
  }
}
