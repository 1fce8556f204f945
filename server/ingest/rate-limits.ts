import { LossboardError } from '../../core/errors.ts'
import type { IngestLimits } from './limits.ts'
import { TokenBucket } from './token-bucket.ts'

/** What each token may send. Only tokens that were found valid get here, so that their number is bounded. */
export class RateLimits {
  readonly #buckets = new Map<string, { requests: TokenBucket; bytes: TokenBucket }>()

  constructor(private readonly limits: IngestLimits) {}

  /** Throws `rate_limited` when `who` has sent more than its share. */
  request(who: string, now = performance.now()): void {
    this.#check(this.#of(who, now).requests.take(1, now), 'requests', this.limits.requestsPerSecond)
  }

  bytes(who: string, bytes: number, now = performance.now()): void {
    this.#check(this.#of(who, now).bytes.take(bytes, now), 'bytes', this.limits.bytesPerSecond)
  }

  #of(who: string, now: number) {
    let known = this.#buckets.get(who)
    if (!known) {
      const { requestsPerSecond, bytesPerSecond } = this.limits
      known = { requests: new TokenBucket(requestsPerSecond, now), bytes: new TokenBucket(bytesPerSecond, now) }
      this.#buckets.set(who, known)
    }
    return known
  }

  #check(waitMs: number, what: string, perSecond: number): void {
    if (waitMs === 0) return
    const retryAfter = Math.ceil(waitMs / 1000)
    throw new LossboardError('rate_limited', `more than ${perSecond} ${what} a second with this token: wait ${retryAfter} s`, {
      facts: { retryAfter },
    })
  }
}
