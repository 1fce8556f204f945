import { BinColumns, merge } from './bin-columns.ts'
import { Curve } from './curve.ts'
import { Ends } from './ends.ts'
import { NonFinite } from './non-finite.ts'
import { OpenBin } from './open-bin.ts'
import { Spikes } from './spikes.ts'

/** So many points in a row before the newest step, in order, are a training that was taken up again further back. */
const RESTART = 3

const oneStep = new Float64Array(1)
const oneValue = new Float64Array(1)

/**
 * What the rules keep of one series: at most 400 bins in step space, the first and last points, outliers and values that are not finite.
 * Memory does not grow with the run, and a point costs some nanoseconds. The state depends on the points alone, not on the pieces they came in.
 *
 * Steps that go back: three points in a row before the newest bin mean that a run was resumed; what was logged from there on is forgotten,
 * like in the store. A single one is left out and counted.
 */
export class SeriesSketch {
  readonly ends = new Ends()
  readonly spikes = new Spikes()
  nonFinite = new NonFinite()
  /** Finite points taken in, and points left out because their step lay before those already there. */
  points = 0
  outOfOrder = 0
  restarts = 0
  lastStep = Number.NEGATIVE_INFINITY
  /** When the last point was logged, and the longest time between two; milliseconds, NaN without times. */
  lastWall = Number.NaN
  longestGap = Number.NaN
  #firstWall = Number.NaN
  #walls = 0
  readonly #closed = new BinColumns()
  readonly #open = new OpenBin()
  /** Steps the open bin takes: from `#start` up to `#end`. Empty while no bin is open. */
  #start = 0
  #end = 0
  #strays: { step: number; value: number }[] = []
  #curve: Curve | null = null

  add(someSteps: ArrayLike<number>, someValues: ArrayLike<number>, walls?: ArrayLike<number>): void {
    const n = Math.min(someSteps.length, someValues.length)
    if (n === 0) return
    // One kind of array: the loop below is several times slower when it meets two.
    const steps = doubles(someSteps)
    const values = doubles(someValues)
    this.#curve = null
    if (walls) this.#addWalls(walls, n)
    let kept = 0
    for (let i = 0; i < n; ) {
      const next = this.#fill(steps, values, i, n)
      if (next > i) {
        i = next
        continue
      }
      const step = steps[i]!
      // A step that is no number has no place.
      const behind = !(step >= this.lastStep) && !(step >= this.#start && step < this.#end)
      if (behind) {
        this.ends.add(steps, values, kept, i)
        this.#stray(step, values[i]!)
        kept = ++i
      } else {
        this.#leaveStrays()
        this.#advance(step, values[i]!)
        i++
      }
    }
    this.ends.add(steps, values, kept, n)
  }

  /** Mean time between two points, milliseconds; NaN without times. */
  get meanGap(): number {
    return this.#walls > 1 ? (this.lastWall - this.#firstWall) / (this.#walls - 1) : Number.NaN
  }

  /** The bins as columns, the open one included. The same object until points come in. */
  get curve(): Curve {
    if (this.#curve === null) {
      const bins = Array.from({ length: this.#closed.n }, (_, i) => this.#closed.at(i))
      if (this.#open.count > 0) {
        const last = bins[bins.length - 1]
        const open = this.#open.summary()
        if (last && Math.floor(last.lastStep / this.#closed.width) * this.#closed.width === this.#start) bins[bins.length - 1] = merge(last, open)
        else bins.push(open)
      }
      this.#curve = new Curve(bins)
    }
    return this.#curve
  }

  /** Takes in the points that belong to the open bin; returns the first that does not, or is not finite. */
  #fill(steps: Float64Array, values: Float64Array, from: number, to: number): number {
    const open = this.#open
    const spikes = this.spikes
    const { shift, samples } = open
    const start = this.#start
    const end = this.#end
    const points = this.points - from
    let { count, sum, squares, min, max, lastStep, mask, sampled } = open
    let { watched, mask: spikeMask } = spikes
    let spiking = spikes.open !== null
    let i = from
    for (; i < to; i++) {
      const step = steps[i]!
      const value = values[i]!
      if (!(step >= start && step < end) || value - value !== 0) break
      const difference = value - shift
      sum += difference
      squares += difference * difference
      if (value < min) min = value
      if (value > max) max = value
      if ((count & mask) === 0) {
        samples[sampled++] = value
        if (sampled === samples.length) {
          open.thin()
          sampled = open.sampled
          mask = open.mask
        }
      }
      count++
      if (value > watched || spiking) {
        spikes.note(step, value, points + i)
        spiking = spikes.open !== null
      }
      if (((points + i) & spikeMask) === 0) {
        spikes.sample(value)
        watched = spikes.watched
        spikeMask = spikes.mask
      }
      if (step > lastStep) lastStep = step
    }
    if (i > from) {
      open.count = count
      open.sampled = sampled
      open.mask = mask
      open.sum = sum
      open.squares = squares
      open.min = min
      open.max = max
      open.lastStep = lastStep
      this.points += i - from
      if (lastStep > this.lastStep) this.lastStep = lastStep
      this.nonFinite.open = null
      if (this.#strays.length > 0) this.#leaveStrays()
    }
    return i
  }

  /** A point that is not finite, or the first of a new bin. */
  #advance(step: number, value: number): void {
    if (value - value !== 0) {
      this.nonFinite.note(step, value)
      if (step > this.lastStep) this.lastStep = step
      return
    }
    this.#close()
    const { width } = this.#closed
    this.#start = Math.floor(step / width) * width
    this.#end = this.#start + width
    this.#open.begin(step, value)
    oneStep[0] = step
    oneValue[0] = value
    this.#fill(oneStep, oneValue, 0, 1)
  }

  #close(): void {
    if (this.#open.count === 0) return
    this.#closed.push(this.#start / this.#closed.width, this.#open.summary())
    this.#open.count = 0
    this.#end = this.#start
  }

  #stray(step: number, value: number): void {
    const before = this.#strays[this.#strays.length - 1]
    if (Number.isNaN(step) || (before && step <= before.step)) this.#leaveStrays()
    if (Number.isNaN(step)) {
      this.outOfOrder++
      return
    }
    this.#strays.push({ step, value })
    if (this.#strays.length < RESTART) return
    const strays = this.#strays
    this.#strays = []
    this.#forgetFrom(strays[0]!.step)
    for (const one of strays) this.add([one.step], [one.value])
  }

  #leaveStrays(): void {
    this.outOfOrder += this.#strays.length
    this.#strays = []
  }

  #forgetFrom(step: number): void {
    this.restarts++
    this.#close()
    this.#closed.dropFrom(step)
    this.ends.dropFrom(step)
    this.spikes.dropFrom(step)
    this.nonFinite.dropFrom(step)
    const { n } = this.#closed
    this.lastStep = n > 0 ? this.#closed.at(n - 1).lastStep : Number.NEGATIVE_INFINITY
    this.#start = 0
    this.#end = 0
  }

  #addWalls(walls: ArrayLike<number>, n: number): void {
    let last = this.lastWall
    let longest = this.longestGap
    for (let i = 0; i < n; i++) {
      const wall = walls[i]!
      const gap = wall - last
      // NaN, no time known or none before, is not less than anything.
      if (gap > longest || (Number.isNaN(longest) && gap >= 0)) longest = gap
      if (wall - wall === 0) last = wall
    }
    if (Number.isNaN(this.#firstWall)) this.#firstWall = walls[0]!
    this.#walls += n
    this.lastWall = last
    this.longestGap = longest
  }
}

function doubles(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values)
}
