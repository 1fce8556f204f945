import { maskedCrc32c } from '../crc32c.ts'
import { FOOTER_BYTES, HEADER_BYTES } from '../framing.ts'

/** Appends records with their lengths and sums; `take` gives away what there is. */
export class RecordFrames {
  private bytes = new Uint8Array(2 ** 16)
  private view = new DataView(this.bytes.buffer)
  private length = 0

  get size(): number {
    return this.length
  }

  add(payload: Uint8Array): void {
    const end = this.length + HEADER_BYTES + payload.length + FOOTER_BYTES
    if (end > this.bytes.length) this.grow(end)
    const at = this.length
    this.view.setUint32(at, payload.length, true)
    this.view.setUint32(at + 4, 0, true)
    this.view.setUint32(at + 8, maskedCrc32c(this.bytes, at, at + 8, this.view), true)
    this.bytes.set(payload, at + HEADER_BYTES)
    const footer = at + HEADER_BYTES + payload.length
    this.view.setUint32(footer, maskedCrc32c(this.bytes, at + HEADER_BYTES, footer, this.view), true)
    this.length = end
  }

  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length)
    this.length = 0
    return taken
  }

  private grow(needed: number): void {
    const next = new Uint8Array(Math.max(needed, 2 * this.bytes.length))
    next.set(this.bytes.subarray(0, this.length))
    this.bytes = next
    this.view = new DataView(next.buffer)
  }
}
