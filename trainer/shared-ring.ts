/**
 * The memory both threads see. The training thread stores float64 records `[n, step, wall, (series, value) × n]` and bumps `head`;
 * the flush worker reads up to `head` and bumps `tail`. Both are slot counters that wrap at 32 bits; `& MASK` gives the place.
 */
export const SLOTS = 1 << 20
export const MASK = SLOTS - 1
/** Slots before the first pair of a record. */
export const RECORD_HEAD = 3

/** Places in the control words. */
export const CONTROL = {
  head: 0,
  tail: 1,
  /** Bumped to wake the worker before its 200 ms are over. */
  wake: 2,
  /** Number of flushes asked for, and the last one answered. */
  flushAsked: 3,
  flushDone: 4,
  /** 1 when the last answered flush found everything stored. */
  flushStored: 5,
  state: 6,
  /** Bumped by the worker every turn: a sign of life. */
  beat: 7,
  /** 1 when the process ends and waits no longer: the worker must leave the database driver before its thread is torn down. */
  giveUp: 8,
} as const

export const STATE = {
  /** The worker has not opened the store yet. */
  starting: 0,
  open: 1,
  /** Storage refuses for now (locked, full): everything is kept in memory and tried again. */
  waiting: 2,
  /** The store can never take this run (not a store, not writable …). */
  refused: 3,
  /** Everything is committed; the worker packs and closes the store. */
  stored: 4,
  closed: 5,
  /** The worker broke. */
  dead: 6,
  /** The process ended before the store took everything. */
  givenUp: 7,
} as const

/** Places in the counters. */
export const COUNTER = {
  /** Points and records the worker holds and has not committed. */
  pending: 0,
  /** Points and records given up because memory ran out. */
  dropped: 1,
  /** 1 once the run has ended without all of it having reached the server: the journal keeps it. */
  undelivered: 2,
} as const

const CONTROL_WORDS = 16
const COUNTERS = 8
const COUNTER_OFFSET = CONTROL_WORDS * Int32Array.BYTES_PER_ELEMENT
const SLOT_OFFSET = COUNTER_OFFSET + COUNTERS * Float64Array.BYTES_PER_ELEMENT

export class SharedRing {
  readonly control: Int32Array
  readonly counters: Float64Array
  readonly slots: Float64Array

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(SLOT_OFFSET + SLOTS * Float64Array.BYTES_PER_ELEMENT)) {
    this.control = new Int32Array(buffer, 0, CONTROL_WORDS)
    this.counters = new Float64Array(buffer, COUNTER_OFFSET, COUNTERS)
    this.slots = new Float64Array(buffer, SLOT_OFFSET, SLOTS)
  }

  get state(): number {
    return Atomics.load(this.control, CONTROL.state)
  }

  setState(state: number): void {
    Atomics.store(this.control, CONTROL.state, state)
    Atomics.notify(this.control, CONTROL.state)
  }

  /** Wakes the worker now. */
  wake(): void {
    Atomics.add(this.control, CONTROL.wake, 1)
    Atomics.notify(this.control, CONTROL.wake)
  }
}
