import type { Points } from '../../core/span.ts'
import { newPoints } from '../../core/span-codec.ts'

/** More room than this (24 MB) is given back instead of being kept for the next transaction. */
const KEPT_MAX = 1 << 20

/**
 * Room for the points a transaction sorts and packs. Making new columns for each one costs more than filling them (they are zeroed, and collected
 * as garbage), so all writers of a thread share this room: a transaction runs in one go, what to do after its commit included.
 */
class ScratchPoints {
  private room = newPoints(0)
  private used = 0

  /** Columns of n points with anything in them, good until the next `clear`. */
  take(n: number): Points {
    const from = this.used
    const to = from + n
    // Columns handed out before keep the room they are in.
    if (to > this.room.step.length) this.room = newPoints(Math.max(to, 2 * this.room.step.length))
    this.used = to
    const { step, wall, value } = this.room
    return { step: step.subarray(from, to), wall: wall.subarray(from, to), value: value.subarray(from, to) }
  }

  clear(): void {
    this.used = 0
    if (this.room.step.length > KEPT_MAX) this.room = newPoints(0)
  }
}

export const scratchPoints = new ScratchPoints()
