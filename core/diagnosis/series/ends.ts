/** First and last points of a series as they were logged, NaN and infinities included. */
const HEAD = 64
const TAIL = 64

export class Ends {
  readonly #headStep = new Float64Array(HEAD)
  readonly #headValue = new Float64Array(HEAD)
  #head = 0
  readonly #tailStep = new Float64Array(TAIL)
  readonly #tailValue = new Float64Array(TAIL)
  /** Points ever put into the ring of the last ones, and the first that still counts. */
  #written = 0
  #from = 0

  /** Points `from` up to `to`, which came one after the other. */
  add(steps: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): void {
    for (let i = from; i < to && this.#head < HEAD; i++) {
      this.#headStep[this.#head] = steps[i]!
      this.#headValue[this.#head++] = values[i]!
    }
    const start = Math.max(from, to - TAIL)
    this.#written += start - from
    for (let i = start; i < to; i++) {
      const at = this.#written++ % TAIL
      this.#tailStep[at] = steps[i]!
      this.#tailValue[at] = values[i]!
    }
  }

  get first(): { step: Float64Array; value: Float64Array } {
    return { step: this.#headStep.slice(0, this.#head), value: this.#headValue.slice(0, this.#head) }
  }

  get last(): { step: Float64Array; value: Float64Array } {
    const n = Math.min(TAIL, this.#written - this.#from)
    const at = Array.from({ length: n }, (_, i) => (this.#written - n + i) % TAIL)
    return { step: Float64Array.from(at, (i) => this.#tailStep[i]!), value: Float64Array.from(at, (i) => this.#tailValue[i]!) }
  }

  dropFrom(step: number): void {
    while (this.#head > 0 && this.#headStep[this.#head - 1]! >= step) this.#head--
    const oldest = Math.max(this.#from, this.#written - TAIL)
    while (this.#written > oldest && this.#tailStep[(this.#written - 1) % TAIL]! >= step) this.#written--
    // What the ring held before these was overwritten.
    this.#from = oldest
  }
}
