import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Points } from '../../core/span.ts'
import { summarise } from '../../core/span.ts'
import { decodeSpan, encodeSpan, newPoints } from '../../core/span-codec.ts'

function points(rows: [step: number, wall: number, value: number][]): Points {
  return {
    step: Float64Array.from(rows, (row) => row[0]),
    wall: Float64Array.from(rows, (row) => row[1]),
    value: Float64Array.from(rows, (row) => row[2]),
  }
}

const bits = (column: Float64Array) => [...new BigUint64Array(column.slice().buffer)]

function roundTrip(source: Points, from = 0, to = source.step.length) {
  const summary = summarise(source, from, to, 0)
  const encoded = encodeSpan(source, from, to, summary.firstStep)
  const decoded = newPoints(to - from + 1)
  decodeSpan(encoded, summary, decoded, 1)
  return { encoded, decoded: { step: decoded.step.slice(1), wall: decoded.wall.slice(1), value: decoded.value.slice(1) } }
}

const step = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
)
const wall = fc.oneof(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }), fc.double({ min: 0, max: 2e12, noNaN: true }))
const value = fc.oneof(
  fc.double(),
  fc.float(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, 1.7976931348623157e308, 1e-45),
)
const row = fc.tuple(step, wall, value)

describe('span codec', () => {
  test('gives back every step, wall time and value bit for bit', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 64 }), (rows) => {
        const source = points(rows)
        const { decoded } = roundTrip(source)
        for (const column of ['step', 'wall', 'value'] as const) expect(bits(decoded[column])).toEqual(bits(source[column]))
      }),
    )
  })

  test('encodes a stretch from the middle of the columns', () => {
    const source = points([5, 1, 9, 3, 7, 2].map((s, i) => [s, 1000 + i, s / 3]))
    const { decoded } = roundTrip(source, 2, 5)
    expect([...decoded.step]).toEqual([9, 3, 7])
    expect([...decoded.value]).toEqual([3, 1, 7 / 3])
  })

  test('float32 values take 4 bytes, one that is not takes 8 for all', () => {
    const narrow = points([0.5, -0, Number.NaN, Number.NEGATIVE_INFINITY, Math.fround(0.1)].map((v, i) => [i, i, v]))
    expect(roundTrip(narrow).encoded.vals.byteLength).toBe(5 * 4)
    const wide = points([0.5, 0.1].map((v, i) => [i, i, v]))
    expect(roundTrip(wide).encoded.vals.byteLength).toBe(2 * 8)
  })

  test('regular steps take no bytes, irregular ones 4, huge ones 8', () => {
    expect(roundTrip(points([10, 20, 30].map((s) => [s, 0, 0]))).encoded).toMatchObject({ stride: 10, steps: null })
    expect(roundTrip(points([7].map((s) => [s, 0, 0]))).encoded.steps).toBeNull()
    expect(roundTrip(points([10, 21, 30].map((s) => [s, 0, 0]))).encoded.steps?.byteLength).toBe(12)
    expect(roundTrip(points([0, 2 ** 40, 3].map((s) => [s, 0, 0]))).encoded.steps?.byteLength).toBe(24)
  })

  test('whole milliseconds take 2 bytes, or 4 beyond 65 s; fractions and clocks that go back take 8', () => {
    const width = (walls: number[]) => roundTrip(points(walls.map((w, i) => [i, w, 0]))).encoded.walls.byteLength / walls.length
    expect(width([1e12, 1e12 + 65_535])).toBe(2)
    expect(width([1e12, 1e12 + 65_536])).toBe(4)
    expect(width([1e12, 1e12 + 0.5])).toBe(8)
    expect(width([1e12, 1e12 - 1])).toBe(8)
  })

  test('bytes that do not fit the number of points are refused', () => {
    const source = points([1, 2, 3].map((s) => [s, s, s]))
    const summary = summarise(source, 0, 3, 0)
    const encoded = encodeSpan(source, 0, 3, summary.firstStep)
    expect(() => decodeSpan({ ...encoded, vals: encoded.vals.slice(1) }, summary, newPoints(3))).toThrow(/vals has 11 bytes for 3 points/)
    expect(() => decodeSpan({ ...encoded, stride: null }, summary, newPoints(3))).toThrow(/neither stride nor steps/)
  })

  test('bytes at an odd offset decode alike', () => {
    const source = points([0.1, 0.2, 0.3].map((v, i) => [i * i, i, v]))
    const summary = summarise(source, 0, 3, 0)
    const shifted = (bytes: Uint8Array) => {
      const moved = new Uint8Array(bytes.length + 1)
      moved.set(bytes, 1)
      return moved.subarray(1)
    }
    const encoded = encodeSpan(source, 0, 3, summary.firstStep)
    const decoded = newPoints(3)
    decodeSpan(
      { stride: encoded.stride, steps: shifted(encoded.steps!), walls: shifted(encoded.walls), vals: shifted(encoded.vals) },
      summary,
      decoded,
    )
    expect([...decoded.value]).toEqual([0.1, 0.2, 0.3])
    expect([...decoded.step]).toEqual([0, 1, 4])
  })
})
