const CHUNK = 1_024

/** Points of one series on their way to the diagnosis, in columns that are kept and filled again. */
export class WatchedSeries {
  #steps = new Float64Array(CHUNK)
  #values = new Float64Array(CHUNK)
  #walls = new Float64Array(CHUNK)
  #n = 0

  constructor(readonly name: string) {}

  /** Points waiting. */
  get waiting(): number {
    return this.#n
  }

  /** False when there is no more room until they are taken. */
  add(step: number, wall: number, value: number): boolean {
    const n = this.#n
    this.#steps[n] = step
    this.#values[n] = value
    this.#walls[n] = wall
    this.#n = n + 1
    return this.#n < this.#steps.length
  }

  grow(): void {
    const longer = (from: Float64Array) => {
      const to = new Float64Array(2 * from.length)
      to.set(from)
      return to
    }
    this.#steps = longer(this.#steps)
    this.#values = longer(this.#values)
    this.#walls = longer(this.#walls)
  }

  /** Hands over what is waiting. The columns are valid during the call. */
  take(into: { add(name: string, steps: Float64Array, values: Float64Array, walls: Float64Array): void }): void {
    const n = this.#n
    if (n === 0) return
    this.#n = 0
    into.add(this.name, this.#steps.subarray(0, n), this.#values.subarray(0, n), this.#walls.subarray(0, n))
  }
}
