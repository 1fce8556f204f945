/** Shares a time limit among runs: on a slow or busy machine they train fewer steps rather than the demo taking longer. */
export class TimeBudget {
  private readonly end: number
  /** Measured over expected seconds, of the runs so far. */
  private slowness = 1

  constructor(
    seconds: number,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.end = now() + seconds
  }

  /**
   * Share (0 to 1) of its steps the next run should train, and when (seconds on the clock) it must stop at the latest.
   * `seconds` is what it takes on the reference machine, `later` the sum over the runs after it.
   */
  share(seconds: number, later: number): { share: number; deadline: number } {
    const left = Math.max(0, this.end - this.now())
    const needed = (seconds + later) * this.slowness
    // A tenth is kept for what the estimate misses.
    return { share: Math.min(1, (0.9 * left) / needed), deadline: this.now() + Math.max((left * seconds) / (seconds + later), seconds / 4) }
  }

  /** Tells what a run took and what was expected of the steps it trained. */
  took(measured: number, expected: number): void {
    if (expected > 0) this.slowness = Math.max(0.5, measured / expected)
  }

  /** Estimate of the time until the end, for runs still expecting `seconds` on the reference machine. */
  secondsLeft(seconds: number): number {
    return Math.min(Math.max(0, this.end - this.now()), seconds * this.slowness)
  }
}
