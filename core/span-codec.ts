import type { Points } from './span.ts'

/**
 * Columns of a span as little-endian bytes. No column needs a type tag: its length divided by n tells.
 *
 * - `vals`: float32 when every value is exactly a float32 (4 bytes a point), else float64 (8).
 * - `walls`: ms after the first wall time as u16 (2) or u32 (4) when all are whole and not negative, else float64 wall times (8).
 * - `steps`: null when step i is `start + i × stride`; else u32 offsets from the lowest step (4) or float64 steps (8).
 */
export interface EncodedSpan {
  stride: number | null
  steps: Uint8Array | null
  walls: Uint8Array
  vals: Uint8Array
}

const U16_MAX = 0xffff
const U32_MAX = 0xffff_ffff

function bytesOf(array: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function encodeValues(value: Float64Array, from: number, to: number): Uint8Array {
  const n = to - from
  const narrow = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const v = value[from + i]!
    narrow[i] = v
    // float32 keeps −0 and NaN as they are.
    if (narrow[i] !== v && !Number.isNaN(v)) return bytesOf(value.slice(from, to))
  }
  return bytesOf(narrow)
}

function encodeWalls(wall: Float64Array, from: number, to: number): Uint8Array {
  const n = to - from
  const base = wall[from]!
  let highest = 0
  for (let i = from; i < to; i++) {
    const offset = wall[i]! - base
    if (!(offset >= 0 && offset <= U32_MAX) || Math.floor(offset) !== offset || base + offset !== wall[i]!) return bytesOf(wall.slice(from, to))
    if (offset > highest) highest = offset
  }
  const offsets = highest <= U16_MAX ? new Uint16Array(n) : new Uint32Array(n)
  for (let i = 0; i < n; i++) offsets[i] = wall[from + i]! - base
  return bytesOf(offsets)
}

function encodeSteps(step: Float64Array, from: number, to: number, lowest: number): { stride: number | null; steps: Uint8Array | null } {
  const n = to - from
  const start = step[from]!
  const stride = n > 1 ? step[from + 1]! - start : 0
  let regular = start === lowest
  for (let i = 1; regular && i < n; i++) regular = start + i * stride === step[from + i]!
  if (regular) return { stride, steps: null }
  for (let i = from; i < to; i++) {
    const offset = step[i]! - lowest
    if (!(offset <= U32_MAX) || Math.floor(offset) !== offset || lowest + offset !== step[i]!)
      return { stride: null, steps: bytesOf(step.slice(from, to)) }
  }
  const offsets = new Uint32Array(n)
  for (let i = 0; i < n; i++) offsets[i] = step[from + i]! - lowest
  return { stride: null, steps: bytesOf(offsets) }
}

/** Encodes points `from` (inclusive) to `to` (exclusive). `lowest` is the lowest step among them. */
export function encodeSpan(points: Points, from: number, to: number, lowest: number): EncodedSpan {
  return {
    ...encodeSteps(points.step, from, to, lowest),
    walls: encodeWalls(points.wall, from, to),
    vals: encodeValues(points.value, from, to),
  }
}

type TypedArrayConstructor<T> = { new (buffer: ArrayBufferLike, offset: number, length: number): T; readonly BYTES_PER_ELEMENT: number }

function view<T>(type: TypedArrayConstructor<T>, bytes: Uint8Array, n: number): T {
  // Drivers may hand out bytes at any offset; typed arrays need theirs aligned.
  if (bytes.byteOffset % type.BYTES_PER_ELEMENT === 0) return new type(bytes.buffer, bytes.byteOffset, n)
  return new type(bytes.slice().buffer, 0, n)
}

function checkWidth(column: string, bytes: Uint8Array, n: number, widths: readonly number[]): number {
  const width = bytes.byteLength / n
  if (!widths.includes(width)) throw new RangeError(`span column ${column} has ${bytes.byteLength} bytes for ${n} points`)
  return width
}

/** The values of a span of `n` points, as they are stored. */
export function valuesOf(vals: Uint8Array, n: number): Float32Array | Float64Array {
  return checkWidth('vals', vals, n, [4, 8]) === 4 ? view(Float32Array, vals, n) : view(Float64Array, vals, n)
}

/** Writes the values of a span of `n` points into `target` from `at`. */
export function decodeValues(vals: Uint8Array, n: number, target: Float64Array, at: number): void {
  target.set(valuesOf(vals, n), at)
}

function decodeWalls(walls: Uint8Array, n: number, firstWall: number, target: Float64Array, at: number): void {
  const width = checkWidth('walls', walls, n, [2, 4, 8])
  if (width === 8) {
    target.set(view(Float64Array, walls, n), at)
    return
  }
  const offsets = width === 2 ? view(Uint16Array, walls, n) : view(Uint32Array, walls, n)
  for (let i = 0; i < n; i++) target[at + i] = firstWall + offsets[i]!
}

export function decodeSteps(
  encoded: { stride: number | null; steps: Uint8Array | null },
  n: number,
  firstStep: number,
  target: Float64Array,
  at: number,
): void {
  const { stride, steps } = encoded
  if (steps === null) {
    if (stride === null) throw new RangeError('span has neither stride nor steps')
    for (let i = 0; i < n; i++) target[at + i] = firstStep + i * stride
    return
  }
  const width = checkWidth('steps', steps, n, [4, 8])
  if (width === 8) {
    target.set(view(Float64Array, steps, n), at)
    return
  }
  const offsets = view(Uint32Array, steps, n)
  for (let i = 0; i < n; i++) target[at + i] = firstStep + offsets[i]!
}

/** Inverse of `encodeSpan`: writes the n points into `target` from index `at`. */
export function decodeSpan(encoded: EncodedSpan, head: { n: number; firstStep: number; firstWall: number }, target: Points, at = 0): void {
  decodeSteps(encoded, head.n, head.firstStep, target.step, at)
  decodeWalls(encoded.walls, head.n, head.firstWall, target.wall, at)
  decodeValues(encoded.vals, head.n, target.value, at)
}

export function newPoints(n: number): Points {
  return { step: new Float64Array(n), wall: new Float64Array(n), value: new Float64Array(n) }
}
