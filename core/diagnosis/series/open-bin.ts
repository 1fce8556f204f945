import type { Bin } from './bin-columns.ts'
import { medianOf } from './median-of.ts'

const MOST_SAMPLES = 32
const scratch = new Float64Array(MOST_SAMPLES)

/** The bin that points still come into. Its median is that of at most 32 of its values, evenly spread over it. */
export class OpenBin {
  count = 0
  /** Sums are of differences to the first value: a large mean costs no digits. */
  shift = 0
  sum = 0
  squares = 0
  min = Number.POSITIVE_INFINITY
  max = Number.NEGATIVE_INFINITY
  firstStep = 0
  lastStep = 0
  readonly samples = new Float64Array(MOST_SAMPLES)
  sampled = 0
  /** Every (mask + 1)-th value is sampled; a power of two. */
  mask = 0

  begin(step: number, value: number): void {
    this.count = 0
    this.shift = value
    this.sum = 0
    this.squares = 0
    this.min = Number.POSITIVE_INFINITY
    this.max = Number.NEGATIVE_INFINITY
    this.firstStep = step
    this.lastStep = step
    this.sampled = 0
    this.mask = 0
  }

  /** To call when `samples` is full: keeps every second. */
  thin(): void {
    for (let i = 0; i < MOST_SAMPLES; i += 2) this.samples[i / 2] = this.samples[i]!
    this.sampled = MOST_SAMPLES / 2
    this.mask = this.mask * 2 + 1
  }

  #median(): number {
    // More of them come while the bin is open: their order must stay.
    scratch.set(this.samples)
    return medianOf(scratch, this.sampled)
  }

  summary(): Bin {
    const { count, shift, min, max, firstStep, lastStep } = this
    const offset = this.sum / count
    return {
      count,
      mean: shift + offset,
      median: count === 1 ? shift : this.#median(),
      min,
      max,
      squares: Math.max(0, this.squares - offset * offset * count),
      firstStep,
      lastStep,
    }
  }
}
