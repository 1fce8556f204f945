/** Lets through `perSecond` on average and twice that at once. */
export class TokenBucket {
  #left: number
  #at: number

  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.#left = perSecond * 2
    this.#at = now
  }

  /** Takes `amount` when there is any left, going into debt when it is more; else returns how many milliseconds to wait. */
  take(amount: number, now: number): number {
    this.#left = Math.min(this.perSecond * 2, this.#left + (Math.max(0, now - this.#at) / 1000) * this.perSecond)
    this.#at = now
    if (this.#left <= 0) return Math.max(1, (-this.#left / this.perSecond) * 1000)
    this.#left -= amount
    return 0
  }
}
