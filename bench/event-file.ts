/**
 * The rival format: a TensorBoard event file (TFRecord framing with masked CRC-32C around an Event protobuf),
 * written by hand so that both sides run in the same process.
 */
const TABLE = new Uint32Array(256).map((_, index) => {
  let crc = index
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc >>> 0
})

function maskedCrc(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffffffff
  for (let i = from; i < to; i++) crc = (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8)
  crc = (crc ^ 0xffffffff) >>> 0
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

/** Appends scalar events to one growing buffer; `bytes()` is the file. */
export class EventFileWriter {
  private buffer = new Uint8Array(1 << 20)
  private view = new DataView(this.buffer.buffer)
  private length = 0

  scalar(tag: Uint8Array, step: number, wallSeconds: number, value: number): void {
    const valueBytes = 2 + tag.length + 5
    const summaryBytes = 2 + valueBytes
    const stepBytes = step < 0x80 ? 1 : step < 0x4000 ? 2 : step < 0x200000 ? 3 : 4
    const eventBytes = 9 + 1 + stepBytes + 2 + summaryBytes
    if (this.length + eventBytes + 16 > this.buffer.length) this.grow()
    const start = this.length
    const out = this.buffer
    this.view.setUint32(start, eventBytes, true)
    this.view.setUint32(start + 4, 0, true)
    this.view.setUint32(start + 8, maskedCrc(out, start, start + 8), true)
    let at = start + 12
    out[at++] = 0x09
    this.view.setFloat64(at, wallSeconds, true)
    at += 8
    out[at++] = 0x10
    for (let rest = step; ; rest >>>= 7) {
      if (rest < 0x80) {
        out[at++] = rest
        break
      }
      out[at++] = (rest & 0x7f) | 0x80
    }
    out[at++] = 0x2a
    out[at++] = summaryBytes
    out[at++] = 0x0a
    out[at++] = valueBytes
    out[at++] = 0x0a
    out[at++] = tag.length
    out.set(tag, at)
    at += tag.length
    out[at++] = 0x15
    this.view.setFloat32(at, value, true)
    at += 4
    this.view.setUint32(at, maskedCrc(out, start + 12, at), true)
    this.length = at + 4
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  private grow(): void {
    const next = new Uint8Array(this.buffer.length * 2)
    next.set(this.buffer)
    this.buffer = next
    this.view = new DataView(next.buffer)
  }
}
