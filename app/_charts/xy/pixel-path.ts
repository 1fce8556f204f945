/** Where a line goes on: a corner, or the first point after a gap. */
export type Corner = (x: number, y: number, afterGap: boolean) => void

/**
 * Gives the corners of a line at most four to a pixel column: first, lowest, highest and last. Nothing the eye could tell apart is left
 * out, and stroking costs what the picture is wide rather than what the line is long. A gap (`gap`) begins the line anew.
 */
export class PixelPath {
  readonly #corner: Corner
  #column = Number.NaN
  #count = 0
  #afterGap = true
  // Of the open column: first, lowest, highest, last, with the place of the extremes in time.
  #first = [0, 0]
  #low = [0, 0, 0]
  #high = [0, 0, 0]
  #last = [0, 0]

  constructor(corner: Corner) {
    this.#corner = corner
  }

  add(x: number, y: number): void {
    const column = Math.floor(x)
    if (column !== this.#column || this.#count === 0) {
      this.#flush()
      this.#column = column
      this.#first = [x, y]
      this.#low = [x, y, 0]
      this.#high = [x, y, 0]
    }
    if (y < this.#low[1]!) this.#low = [x, y, this.#count]
    if (y > this.#high[1]!) this.#high = [x, y, this.#count]
    this.#last = [x, y]
    this.#count++
  }

  gap(): void {
    this.#flush()
    this.#afterGap = true
  }

  end(): void {
    this.#flush()
  }

  #flush(): void {
    const count = this.#count
    if (count === 0) return
    this.#count = 0
    this.#corner(this.#first[0]!, this.#first[1]!, this.#afterGap)
    this.#afterGap = false
    const [early, late] = this.#low[2]! <= this.#high[2]! ? [this.#low, this.#high] : [this.#high, this.#low]
    for (const extreme of [early, late]) if (extreme[2]! > 0 && extreme[2]! < count - 1) this.#corner(extreme[0]!, extreme[1]!, false)
    if (count > 1) this.#corner(this.#last[0]!, this.#last[1]!, false)
  }
}
