import type { Points } from '../../core/span.ts'
import { newPoints } from '../../core/span-codec.ts'
import type { TailRows } from './tail-rows.ts'

/** Tail points of one series, in the order they arrived. `count` of the columns are in use. */
export interface TailPoints {
  points: Points
  count: number
}

interface CachedTail {
  /** Lowest and next number: while the lowest stays, the tail has only grown. */
  first: number
  next: number
  bySeries: Map<number, TailPoints>
}

const NONE: TailPoints = { points: newPoints(0), count: 0 }
const MAX_TAILS = 256

function append(tail: TailPoints, step: number, wall: number, value: number): void {
  const { points, count } = tail
  if (count === points.step.length) {
    const grown = newPoints(Math.max(16, count * 2))
    grown.step.set(points.step)
    grown.wall.set(points.wall)
    grown.value.set(points.value)
    tail.points = grown
  }
  tail.points.step[count] = step
  tail.points.wall[count] = wall
  tail.points.value[count] = value
  tail.count++
}

/** Tails of the attempts read lately. A live run's tail is read from where the last reading ended. */
export class TailCache {
  private readonly tails = new Map<string, CachedTail>()

  constructor(private readonly rows: TailRows) {}

  /** Call inside the transaction that reads the spans: a point is in exactly one of the two. */
  read(runKey: number, attempt: number, seriesId: number): TailPoints {
    return this.attempt(runKey, attempt)?.bySeries.get(seriesId) ?? NONE
  }

  private attempt(runKey: number, attempt: number): CachedTail | null {
    const key = `${runKey} ${attempt}`
    const first = this.rows.first(runKey, attempt)
    let tail = this.tails.get(key)
    this.tails.delete(key)
    if (first === null) return null
    if (!tail || tail.first !== first) tail = { first, next: first, bySeries: new Map() }
    for (const row of this.rows.from(runKey, attempt, tail.next)) {
      let series = tail.bySeries.get(row.seriesId)
      if (!series) {
        series = { points: newPoints(0), count: 0 }
        tail.bySeries.set(row.seriesId, series)
      }
      append(series, row.step, row.wall, row.value)
      tail.next = row.seq + 1
    }
    this.tails.set(key, tail)
    // Map keeps the order of insertion: the first is the one used longest ago.
    for (const oldest of this.tails.keys()) {
      if (this.tails.size <= MAX_TAILS) break
      this.tails.delete(oldest)
    }
    return tail
  }
}
