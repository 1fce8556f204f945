import { CONTROL, MASK, RECORD_HEAD, type SharedRing, SLOTS, STATE } from './shared-ring.ts'

/** Above this fill the worker is woken early. */
const WAKE_AT = SLOTS / 4
/** Pairs per record; a call with more is stored as several records of the same step and time. */
const PAIRS_MAX = 16_384
/** The worker may be held up by a slow disk, but not this long without a sign of life. */
const STALL_MS = 60_000

/** The training thread's end of the ring: only stores and bumps `head`; waits when the ring is full. */
export class RingWriter {
  readonly #ring: SharedRing
  readonly #control: Int32Array
  readonly #slots: Float64Array
  #head = 0
  /** `head` may go up to here before `tail` must be read again. */
  #limit = WAKE_AT
  /** Scalars stored in the ring so far. */
  written = 0

  constructor(ring: SharedRing) {
    this.#ring = ring
    this.#control = ring.control
    this.#slots = ring.slots
  }

  /** One scalar. False when the worker is gone and nothing can be taken any more. */
  pushOne(step: number, wall: number, series: number, value: number): boolean {
    const head = this.#head
    if (((head + 5 - this.#limit) | 0) > 0 && !this.#makeRoom(5)) return false
    const slots = this.#slots
    slots[head & MASK] = 1
    slots[(head + 1) & MASK] = step
    slots[(head + 2) & MASK] = wall
    slots[(head + 3) & MASK] = series
    slots[(head + 4) & MASK] = value
    this.#head = (head + 5) | 0
    this.written++
    Atomics.store(this.#control, CONTROL.head, this.#head)
    return true
  }

  /** `count` pairs (series, value) of one step. */
  push(step: number, wall: number, pairs: Float64Array, count: number): boolean {
    for (let from = 0; from < count; from += PAIRS_MAX) if (!this.#pushPart(step, wall, pairs, from, Math.min(count - from, PAIRS_MAX))) return false
    return true
  }

  #pushPart(step: number, wall: number, pairs: Float64Array, from: number, count: number): boolean {
    const need = RECORD_HEAD + 2 * count
    if (((this.#head + need - this.#limit) | 0) > 0 && !this.#makeRoom(need)) return false
    const slots = this.#slots
    let at = this.#head
    slots[at++ & MASK] = count
    slots[at++ & MASK] = step
    slots[at++ & MASK] = wall
    for (let i = 2 * from; i < 2 * (from + count); i++) slots[at++ & MASK] = pairs[i] as number
    this.#head = at | 0
    this.written += count
    Atomics.store(this.#control, CONTROL.head, this.#head)
    return true
  }

  /** Reads `tail` again, wakes the worker when much is waiting, and blocks while the ring is full. */
  #makeRoom(need: number): boolean {
    let beat = Atomics.load(this.#control, CONTROL.beat)
    let aliveAt = Date.now()
    for (;;) {
      const tail = Atomics.load(this.#control, CONTROL.tail)
      const used = (this.#head - tail) | 0
      if (used + need <= WAKE_AT) {
        this.#limit = (tail + WAKE_AT) | 0
        return true
      }
      this.#ring.wake()
      if (used + need <= SLOTS) {
        this.#limit = (tail + SLOTS) | 0
        return true
      }
      const state = this.#ring.state
      if (state === STATE.dead || state === STATE.closed || state === STATE.refused) return false
      Atomics.wait(this.#control, CONTROL.tail, tail, 200)
      const now = Atomics.load(this.#control, CONTROL.beat)
      if (now !== beat) {
        beat = now
        aliveAt = Date.now()
      } else if (Date.now() - aliveAt > STALL_MS) {
        this.#ring.setState(STATE.dead)
        return false
      }
    }
  }
}
