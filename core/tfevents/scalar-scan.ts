const WALL = 0x09
const STEP = 0x10
const SUMMARY = 0x2a
const VALUE = 0x0a
const TAG = 0x0a
const SIMPLE_VALUE = 0x15

/**
 * Reads an event that holds nothing but plain numbers, which nearly all events of a large file do, without making an object of it.
 * Whatever is not plain is left to `readEvent`.
 */
export class ScalarScan {
  wall = 0
  step = 0
  count = 0
  readonly tagFrom: number[] = []
  readonly tagTo: number[] = []
  readonly value: number[] = []
  /** Where the last varint ended. */
  private after = 0

  /** False: not such an event (or not one at all). */
  scan(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    this.wall = 0
    this.step = 0
    this.count = 0
    let at = start
    while (at < end) {
      const key = bytes[at++]
      if (key === WALL) {
        if (at + 8 > end) return false
        this.wall = view.getFloat64(at, true)
        at += 8
      } else if (key === STEP) {
        this.step = this.varint(bytes, at, end)
        if (this.step < 0) return false
        at = this.after
      } else if (key === SUMMARY) {
        const length = this.varint(bytes, at, end)
        at = this.after + length
        if (length < 0 || at > end || !this.summary(bytes, view, this.after, at)) return false
      } else return false
    }
    return this.count > 0
  }

  private summary(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    let at = start
    while (at < end) {
      if (bytes[at++] !== VALUE) return false
      const length = this.varint(bytes, at, end)
      at = this.after
      const valueEnd = at + length
      if (length < 0 || valueEnd > end) return false
      let tag = -1
      let tagEnd = -1
      let found = false
      while (at < valueEnd) {
        const key = bytes[at++]
        if (key === TAG) {
          const tagLength = this.varint(bytes, at, valueEnd)
          tag = this.after
          at = tagEnd = tag + tagLength
          if (tagLength <= 0 || at > valueEnd) return false
        } else if (key === SIMPLE_VALUE) {
          if (at + 4 > valueEnd) return false
          this.value[this.count] = view.getFloat32(at, true)
          at += 4
          found = true
        } else return false
      }
      if (tag < 0 || !found) return false
      this.tagFrom[this.count] = tag
      this.tagTo[this.count++] = tagEnd
    }
    return true
  }

  /** Up to four bytes; −1 for anything longer. */
  private varint(bytes: Uint8Array, from: number, end: number): number {
    let value = 0
    let at = from
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) return -1
      const byte = bytes[at++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        this.after = at
        return value
      }
    }
    return -1
  }
}
