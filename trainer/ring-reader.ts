import { CONTROL, MASK, RECORD_HEAD, type SharedRing } from './shared-ring.ts'

export type TakePoint = (series: number, step: number, wall: number, value: number) => void

/** The worker's end of the ring. */
export class RingReader {
  readonly #ring: SharedRing
  #tail = 0

  constructor(ring: SharedRing) {
    this.#ring = ring
  }

  /** Position up to which records are complete; messages posted before it have arrived when it is read first. */
  head(): number {
    return Atomics.load(this.#ring.control, CONTROL.head)
  }

  /** True when records up to `head` wait. */
  hasUpTo(head: number): boolean {
    return this.#tail !== head
  }

  /** Hands over the records up to `head`, whole records only, stopping once `most` points are taken. Returns how many were. */
  drain(head: number, most: number, take: TakePoint): number {
    const { slots, control } = this.#ring
    let tail = this.#tail
    let taken = 0
    while (tail !== head && taken < most) {
      const count = slots[tail & MASK] as number
      const step = slots[(tail + 1) & MASK] as number
      const wall = slots[(tail + 2) & MASK] as number
      for (let i = 0; i < count; i++) {
        const at = tail + RECORD_HEAD + 2 * i
        take(slots[at & MASK] as number, step, wall, slots[(at + 1) & MASK] as number)
      }
      tail = (tail + RECORD_HEAD + 2 * count) | 0
      taken += count
    }
    if (taken > 0 || tail !== this.#tail) {
      this.#tail = tail
      Atomics.store(control, CONTROL.tail, tail)
      Atomics.notify(control, CONTROL.tail)
    }
    return taken
  }
}
