/** Neighbouring points that were NaN or infinite. */
export interface NonFiniteRun {
  fromStep: number
  toStep: number
  points: number
  infinite: boolean
}

const KEPT = 16

/** Where a series was not finite: the first runs of such points, and how many there were. */
export class NonFinite {
  points = 0
  runs = 0
  readonly kept: NonFiniteRun[] = []
  /** The run the series is in now; null when its last point is finite. */
  open: NonFiniteRun | null = null

  note(step: number, value: number): void {
    this.points++
    if (this.open === null) {
      this.open = { fromStep: step, toStep: step, points: 0, infinite: false }
      this.runs++
      if (this.kept.length < KEPT) this.kept.push(this.open)
    }
    this.open.toStep = step
    this.open.points++
    if (!Number.isNaN(value)) this.open.infinite = true
  }

  dropFrom(step: number): void {
    this.open = null
    while (this.kept.length > 0 && this.kept[this.kept.length - 1]!.toStep >= step) {
      this.points -= this.kept.pop()!.points
      this.runs--
    }
  }
}
