/** Protocol-buffer bytes that cannot be what they should be. Internal: whoever reads a file turns it into a note with an offset. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage'
}

export const VARINT = 0
export const FIXED64 = 1
export const BYTES = 2
export const FIXED32 = 5

const TWO_32 = 2 ** 32
const text = new TextDecoder()

/**
 * Reads the fields of one message in order: `while (fields.next()) switch (fields.field) …`. Every field must be taken or skipped.
 * Never reads past its end; anything that does not fit throws `MalformedMessage`.
 */
export class WireReader {
  field = 0
  type = 0
  /** High and low half of the last varint. */
  private high = 0
  private low = 0

  constructor(
    readonly bytes: Uint8Array,
    private at = 0,
    private readonly end = bytes.length,
    private readonly view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ) {}

  next(): boolean {
    if (this.at >= this.end) return false
    this.readVarint()
    if (this.high !== 0) throw new MalformedMessage('a field number beyond 2^29')
    this.field = this.low >>> 3
    this.type = this.low & 7
    if (this.field === 0) throw new MalformedMessage('field number 0')
    return true
  }

  /** int64: exact up to ±2^53, the nearest float64 beyond. */
  int64(): number {
    this.expect(VARINT)
    this.readVarint()
    return (this.high | 0) * TWO_32 + this.low
  }

  uint64(): number {
    this.expect(VARINT)
    this.readVarint()
    return this.high * TWO_32 + this.low
  }

  int32(): number {
    this.expect(VARINT)
    this.readVarint()
    return this.low | 0
  }

  bool(): boolean {
    this.expect(VARINT)
    this.readVarint()
    return (this.high | this.low) !== 0
  }

  float(): number {
    this.expect(FIXED32)
    const at = this.take(4)
    return this.view.getFloat32(at, true)
  }

  double(): number {
    this.expect(FIXED64)
    const at = this.take(8)
    return this.view.getFloat64(at, true)
  }

  /** The bytes themselves, not a copy. */
  subarray(): Uint8Array {
    this.expect(BYTES)
    const length = this.length()
    const at = this.take(length)
    return this.bytes.subarray(at, at + length)
  }

  /** Text; bytes that are no UTF-8 become U+FFFD. */
  string(): string {
    return text.decode(this.subarray())
  }

  /** Reader of the message in this field. */
  message(): WireReader {
    this.expect(BYTES)
    const length = this.length()
    const at = this.take(length)
    return new WireReader(this.bytes, at, at + length, this.view)
  }

  /** Adds the numbers of a repeated field, packed or not. `read` reads one of them where the reader stands. */
  repeated(into: number[], type: number, read: (fields: WireReader) => number): void {
    if (this.type !== BYTES) {
      into.push(read(this))
      return
    }
    const packed = this.message()
    packed.type = type
    while (packed.at < packed.end) into.push(read(packed))
  }

  skip(): void {
    if (this.type === VARINT) this.readVarint()
    else if (this.type === FIXED64) this.take(8)
    else if (this.type === FIXED32) this.take(4)
    else if (this.type === BYTES) this.take(this.length())
    else throw new MalformedMessage(`wire type ${this.type} of field ${this.field}`)
  }

  private length(): number {
    this.readVarint()
    return this.high * TWO_32 + this.low
  }

  private expect(type: number): void {
    if (this.type !== type) throw new MalformedMessage(`field ${this.field} has wire type ${this.type}, not ${type}`)
  }

  private take(count: number): number {
    const from = this.at
    if (count > this.end - from) throw new MalformedMessage(`field ${this.field} ends after its message`)
    this.at = from + count
    return from
  }

  private readVarint(): void {
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.end) throw new MalformedMessage('a number ends after its message')
      const byte = this.bytes[this.at++]!
      const part = byte & 0x7f
      if (shift < 28) low |= part << shift
      else if (shift === 28) {
        low |= part << 28
        high = part >>> 4
      } else if (shift < 63) high |= part << (shift - 32)
      else high |= (part & 1) << 31
      if (byte < 0x80) {
        this.low = low >>> 0
        this.high = high >>> 0
        return
      }
    }
    throw new MalformedMessage('a number of more than 10 bytes')
  }
}
