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
  private at = 0

  /** False: not such an event (or not one at all). */
  scan(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    this.wall = 0
    this.step = 0
    this.count = 0
    this.at = start
    while (this.at < end) {
      const key = bytes[this.at++]
      if (key === WALL) {
        if (this.at + 8 > end) return false
        this.wall = view.getFloat64(this.at, true)
        this.at += 8
      } else if (key === STEP) {
        this.step = this.varint(bytes, end)
        if (this.step < 0) return false
      } else if (key === SUMMARY) {
        const length = this.varint(bytes, end)
        if (length < 0 || this.at + length > end) return false
        if (!this.summary(bytes, view, this.at + length)) return false
      } else return false
    }
    return this.at === end && this.count > 0
  }

  private summary(bytes: Uint8Array, view: DataView, end: number): boolean {
    while (this.at < end) {
      if (bytes[this.at++] !== VALUE) return false
      const length = this.varint(bytes, end)
      const valueEnd = this.at + length
      if (length < 0 || valueEnd > end) return false
      let tag = -1
      let tagEnd = -1
      let found = false
      while (this.at < valueEnd) {
        const key = bytes[this.at++]
        if (key === TAG) {
          const tagLength = this.varint(bytes, valueEnd)
          if (tagLength <= 0 || this.at + tagLength > valueEnd) return false
          tag = this.at
          tagEnd = this.at += tagLength
        } else if (key === SIMPLE_VALUE) {
          if (this.at + 4 > valueEnd) return false
          this.value[this.count] = view.getFloat32(this.at, true)
          this.at += 4
          found = true
        } else return false
      }
      if (tag < 0 || !found) return false
      this.tagFrom[this.count] = tag
      this.tagTo[this.count++] = tagEnd
    }
    return this.at === end
  }

  /** Up to four bytes; −1 for anything longer. */
  private varint(bytes: Uint8Array, end: number): number {
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      if (this.at >= end) return -1
      const byte = bytes[this.at++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    return -1
  }
}
