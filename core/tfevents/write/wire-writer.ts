import { BYTES, FIXED32, FIXED64, VARINT } from '../wire.ts'

const utf8 = new TextEncoder()
const TWO_32 = 2 ** 32

/** Writes the fields of one protocol-buffer message, in the order in which they are given. */
export class WireWriter {
  private bytes = new Uint8Array(256)
  private view = new DataView(this.bytes.buffer)
  private length = 0

  double(field: number, value: number): this {
    this.key(field, FIXED64)
    this.room(8)
    this.view.setFloat64(this.length, value, true)
    this.length += 8
    return this
  }

  float(field: number, value: number): this {
    this.key(field, FIXED32)
    this.room(4)
    this.view.setFloat32(this.length, value, true)
    this.length += 4
    return this
  }

  /** A whole number within ±2^53; negative ones take ten bytes. */
  int64(field: number, value: number): this {
    this.key(field, VARINT)
    this.varint(value)
    return this
  }

  bool(field: number, value: boolean): this {
    return this.int64(field, value ? 1 : 0)
  }

  string(field: number, text: string): this {
    return this.data(field, utf8.encode(text))
  }

  data(field: number, bytes: Uint8Array): this {
    this.key(field, BYTES)
    this.varint(bytes.length)
    this.room(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
    return this
  }

  message(field: number, message: WireWriter): this {
    return this.data(field, message.done())
  }

  /** What was written: a view that the next field may move. */
  done(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  /** Begins again with nothing, in the same room. */
  clear(): this {
    this.length = 0
    return this
  }

  private key(field: number, type: number): void {
    this.varint(field * 8 + type)
  }

  private varint(value: number): void {
    this.room(10)
    // Two's complement in 64 bits, as two halves.
    let low = value >>> 0
    let high = Math.floor(value / TWO_32) >>> 0
    while (high > 0 || low > 0x7f) {
      this.bytes[this.length++] = (low & 0x7f) | 0x80
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
    this.bytes[this.length++] = low
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const next = new Uint8Array(Math.max(this.length + more, 2 * this.bytes.length))
    next.set(this.bytes.subarray(0, this.length))
    this.bytes = next
    this.view = new DataView(next.buffer)
  }
}
