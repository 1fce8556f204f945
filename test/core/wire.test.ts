import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { pack, unpack } from '../../core/wire.ts'

/** What the browser gets: packed, as JSON text, parsed, unpacked. */
function overTheWire<T>(value: T): T {
  return unpack<T>(JSON.parse(JSON.stringify(pack(value))))
}

/** Every bit of every number, so that NaN payloads and the sign of zero count. */
function bits(values: Float64Array): bigint[] {
  return [...new BigUint64Array(values.buffer, values.byteOffset, values.length)]
}

const anyBits = fc
  .array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 60 })
  .map((words) => new Float64Array(BigUint64Array.from(words).buffer))

afterEach(() => vi.unstubAllGlobals())

describe('wire', () => {
  it('keeps every bit of every float, NaN payloads included', () => {
    fc.assert(
      fc.property(anyBits, (values) => {
        expect(bits(overTheWire(values))).toEqual(bits(values))
      }),
    )
  })

  it('keeps NaN, infinities and negative zero', () => {
    const values = Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, Number.MAX_VALUE)
    expect(bits(overTheWire(values))).toEqual(bits(values))
  })

  it('keeps a NaN with a payload', () => {
    const values = new Float64Array(BigUint64Array.of(0x7ff8_0000_dead_beefn, 0xfff0_0000_0000_0001n).buffer)
    expect(bits(overTheWire(values))).toEqual([0x7ff8_0000_dead_beefn, 0xfff0_0000_0000_0001n])
  })

  it('keeps bytes, also of a view into a larger buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, from) => {
        const view = bytes.subarray(Math.min(from, bytes.length))
        expect([...overTheWire(view)]).toEqual([...view])
      }),
    )
  })

  it('keeps a view of floats that does not start where its buffer starts', () => {
    const all = Float64Array.from({ length: 10 }, (_, i) => i / 3)
    expect(bits(overTheWire(all.subarray(3, 7)))).toEqual(bits(all.slice(3, 7)))
  })

  it('keeps plain JSON around the arrays', () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyBits, (json, values) => {
        const arrived = overTheWire({ json, rows: [{ values }] })
        expect(JSON.stringify(arrived.json)).toBe(JSON.stringify(json))
        expect(bits(arrived.rows[0]?.values as Float64Array)).toEqual(bits(values))
      }),
    )
  })

  it.each([
    { type: 'f64', base64: 'not base64 at all!' },
    { type: 'u8', base64: 'AAAA' },
    { type: 'f64' },
    { type: 'escaped', value: { type: 'u8', base64: 'AAAA' } },
    { type: 'escaped' },
  ])('does not take a config that looks like a packed array for one: %j', (config) => {
    expect(overTheWire({ config, deep: [config] })).toEqual({ config, deep: [config] })
  })

  it('reads and writes the same text in a browser, which has no Buffer', async () => {
    const sent = { values: Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i)), bytes: Uint8Array.of(1, 2, 255) }
    vi.stubGlobal('Buffer', undefined)
    vi.resetModules()
    const browser = await import('../../core/wire.ts')
    vi.unstubAllGlobals()
    expect(browser.pack(sent)).toEqual(pack(sent))
    const arrived = browser.unpack<typeof sent>(pack(sent))
    expect(bits(arrived.values)).toEqual(bits(sent.values))
    expect([...arrived.bytes]).toEqual([1, 2, 255])
  })

  it('keeps keys such as __proto__ as data', () => {
    const arrived = overTheWire(JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as Record<string, unknown>)
    expect(Object.keys(arrived)).toEqual(['__proto__', 'constructor'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})
