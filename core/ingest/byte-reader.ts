import { LossboardError } from '../errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads numbers and texts at given places of a batch; whatever is wrong is told with its place. */
export class ByteReader {
  readonly view: DataView

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  refuse(at: number, problem: string): LossboardError {
    return new LossboardError('malformed_batch', `byte ${at}: ${problem}`)
  }

  /** @param end where the part ends that the number belongs to */
  uint32(at: number, what = 'a number', end = this.bytes.length): number {
    this.#fits(at, 4, what, end)
    return this.view.getUint32(at, true)
  }

  uint16(at: number, what: string, end: number): number {
    this.#fits(at, 2, what, end)
    return this.view.getUint16(at, true)
  }

  /** The caller has made sure that they fit, as for `uint32s`. */
  float64s(at: number, n: number): Float64Array {
    const { buffer, byteOffset } = this.bytes
    if ((byteOffset + at) % 8 === 0) return new Float64Array(buffer, byteOffset + at, n)
    return new Float64Array(this.bytes.slice(at, at + n * 8).buffer)
  }

  uint32s(at: number, n: number): Uint32Array {
    const { buffer, byteOffset } = this.bytes
    if ((byteOffset + at) % 4 === 0) return new Uint32Array(buffer, byteOffset + at, n)
    return new Uint32Array(this.bytes.slice(at, at + n * 4).buffer)
  }

  /** UTF-8 of bytes[from, to), which belong to a part that ends at `end`. */
  text(from: number, to: number, end: number): string {
    this.#fits(from, to - from, 'a text', end)
    try {
      return utf8.decode(this.bytes.subarray(from, to))
    } catch {
      throw this.refuse(from, 'this text is not UTF-8')
    }
  }

  json(from: number, to: number): unknown {
    const text = this.text(from, to, to)
    try {
      return JSON.parse(text)
    } catch (error) {
      throw this.refuse(from, `this is no JSON: ${error instanceof Error ? error.message : error}`)
    }
  }

  zeros(from: number, to: number): void {
    for (let at = from; at < to; at++) if (this.bytes[at] !== 0) throw this.refuse(at, 'padding must be zeros')
  }

  #fits(at: number, length: number, what: string, end: number): void {
    if (at + length > end) throw this.refuse(at, `the batch ends inside ${what}`)
  }
}
