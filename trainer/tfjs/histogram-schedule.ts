/** At most this many histogram columns per tensor when the length of the run is known, and before the interval first doubles. */
const COLUMNS_WHEN_KNOWN = 200
const COLUMNS_BEFORE_DOUBLING = 256

/**
 * Which steps get a histogram. Known length n: every max(10, n/200) steps. Unknown: every 10, and the interval doubles whenever the run
 * so far would fill 256 columns, so that a run of n steps keeps 128 · log2(n/640) of them rather than n/10. Steps are multiples
 * of the interval, so that layers and runs line up.
 */
export class HistogramSchedule {
  private interval: number
  private readonly fixed: boolean

  constructor(
    every: number | 'auto',
    private readonly firstStep: number,
    /** Shortest interval of `auto`. */
    private readonly shortest = 10,
  ) {
    this.fixed = every !== 'auto'
    this.interval = every === 'auto' ? shortest : every
  }

  /** `totalSteps`: steps the run will have had when it ends, if known by now. */
  due(step: number, totalSteps: number | null): boolean {
    if (!this.fixed) this.adapt(step, totalSteps)
    return step % this.interval === 0
  }

  private adapt(step: number, totalSteps: number | null): void {
    if (totalSteps !== null && totalSteps > step) {
      this.interval = Math.max(this.shortest, Math.ceil((totalSteps - this.firstStep) / COLUMNS_WHEN_KNOWN))
      return
    }
    while ((step - this.firstStep) / this.interval >= COLUMNS_BEFORE_DOUBLING) this.interval *= 2
  }
}
