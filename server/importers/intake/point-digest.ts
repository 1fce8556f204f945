import { createHash } from 'node:crypto'
import type { Watermark } from '../../../core/import-source.ts'

const POINTS_AT_ONCE = 32

/** Counts and hashes the points of one series as they come, so that the next import knows what it has taken already. */
export class PointDigest {
  n = 0
  private readonly hash = createHash('sha256')
  private readonly rest = new Float64Array(3 * POINTS_AT_ONCE)
  private used = 0

  /** `wall`: ms since epoch; null where the source does not say. */
  add(step: number, wall: number | null, value: number): void {
    this.rest[this.used] = step
    this.rest[this.used + 1] = wall ?? Number.NaN
    this.rest[this.used + 2] = value
    this.used += 3
    this.n++
    if (this.used < this.rest.length) return
    this.hash.update(this.rest)
    this.used = 0
  }

  mark(): Watermark {
    return { n: this.n, digest: shortened(this.hash.copy().update(this.rest.subarray(0, this.used))) }
  }
}

/** The same for records, by their JSON. */
export class RecordDigest {
  n = 0
  private readonly hash = createHash('sha256')

  add(record: unknown): void {
    this.hash.update(JSON.stringify(record))
    this.n++
  }

  mark(): Watermark {
    return { n: this.n, digest: shortened(this.hash.copy()) }
  }
}

const shortened = (hash: ReturnType<typeof createHash>) => hash.digest('hex').slice(0, 32)
