import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../core/crc.ts'
import { isLossboardError } from '../../../core/errors.ts'
import type { FlushBatch } from '../../../core/flush-batch.ts'
import { decodeBatch } from '../../../core/ingest/decode-batch.ts'
import { encodeBatch } from '../../../core/ingest/encode-batch.ts'
import type { WireBatch } from '../../../core/ingest/wire-batch.ts'
import type { JsonObject } from '../../../core/run.ts'

/** Doubles by their bits: NaN with a payload, −0, denormals, infinities. */
const bits = fc.oneof(
  fc.constantFrom(0x7ff8000000000001n, 0xfff0000000000000n, 0x7ff0000000000000n, 0x8000000000000000n, 1n, 0x7ff4dead0000beefn),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
)
const step = fc.integer()
const wall = fc.double({ min: -1e15, max: 1e15, noNaN: true })
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}(\/[a-z0-9_]{1,12})?$/)
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
// JSON has no −0, and stored JSON no NaN: both are text where they matter.
const json = fc.object({ values: [fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), finite], maxDepth: 2 }).map((value) => {
  const { __proto__: _, ...plain } = JSON.parse(JSON.stringify(value)) as JsonObject
  return plain
})

const points = fc
  .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), fc.array(fc.tuple(step, wall, bits, fc.nat()), { minLength: 1, maxLength: 30 }))
  .map(([names, rows]) => ({
    names,
    series: Uint32Array.from(rows, ([, , , index]) => index % names.length),
    step: Float64Array.from(rows, ([at]) => at),
    wall: Float64Array.from(rows, ([, at]) => at),
    value: new Float64Array(BigUint64Array.from(rows, ([, , value]) => value).buffer),
  }))
const record = fc
  .record({
    name,
    kind: fc.constantFrom('image', 'text', 'later'),
    step,
    wall: wall.map((at) => at + 0),
    payload: json,
    blob: fc.uint8Array({ maxLength: 50 }),
  })
  .chain(({ blob, ...plain }) => fc.constantFrom(plain, { ...plain, blob }, { ...plain, blob, blobType: 'image/png' }))
const batch: fc.Arbitrary<FlushBatch> = fc.record(
  {
    points,
    records: fc.array(record, { minLength: 1, maxLength: 4 }),
    prune: fc.array(fc.record({ name, steps: fc.array(step, { maxLength: 3 }) }), { minLength: 1, maxLength: 2 }),
    links: fc.array(
      fc.record({
        to: fc.string(),
        role: fc.constantFrom('checkpoint' as const, 'member' as const),
        step: fc.option(step),
        hash: fc.option(fc.string()),
        detail: json,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    patch: fc.record({
      notes: fc.string({ unit: 'binary' }),
      summary: json,
      endedAt: fc.option(fc.nat()),
      status: fc.constantFrom('finished' as const),
    }),
    rules: fc.array(fc.record({ pattern: name, goal: fc.constantFrom('min' as const, 'max' as const) }), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const wire: fc.Arbitrary<WireBatch> = fc.record({
  writer: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  sequence: fc.integer({ min: 1, max: 0xffff_ffff }),
  batch,
})

/** Everything as bytes and plain values, so that equal means equal in every bit. */
function plain({ batch: { points, records, ...rest }, ...head }: WireBatch) {
  const bytes = (column: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }) =>
    Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('hex')
  return {
    ...head,
    ...rest,
    ...(points && {
      points: [points.names, bytes(points.series), bytes(points.step), bytes(points.wall), bytes(points.value)],
    }),
    ...(records && { records: records.map(({ blob, ...one }) => ({ ...one, blob: blob ? bytes(blob) : null })) }),
  }
}

/** A Lossboard error, or the test fails: nothing else may come out of wrong bytes. */
function refusal(bytes: Uint8Array): string {
  try {
    decodeBatch(bytes)
  } catch (error) {
    if (isLossboardError(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'taken'
}

/** The bytes with a right checksum again: what a wrong program would send. */
function summed(bytes: Uint8Array): Uint8Array {
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes, 0, bytes.length - 4), true)
  return bytes
}

const small: WireBatch = {
  writer: 'w-1',
  sequence: 7,
  batch: {
    points: {
      names: ['train/loss'],
      series: Uint32Array.of(0),
      step: Float64Array.of(3),
      wall: Float64Array.of(1e12),
      value: Float64Array.of(Number.NaN),
    },
    records: [{ name: 'sample', kind: 'image', step: 3, wall: 1e12, payload: { width: 2 }, blob: Uint8Array.of(1, 2, 3), blobType: 'image/png' }],
    patch: { notes: 'ok' },
  },
}

describe('a batch', () => {
  it('comes back bit for bit, wherever its bytes lie', () => {
    fc.assert(
      fc.property(wire, fc.nat(7), (original, offset) => {
        const encoded = encodeBatch(original)
        expect(encoded.length % 8).toBe(0)
        const moved = new Uint8Array(encoded.length + offset).subarray(offset)
        moved.set(encoded)
        expect(plain(decodeBatch(moved))).toEqual(plain(original))
      }),
    )
  })

  it('is refused when it was cut or lengthened anywhere', () => {
    const encoded = encodeBatch(small)
    for (let length = 0; length < encoded.length; length++) expect(refusal(encoded.slice(0, length))).toMatch(/^malformed_batch: byte \d+: /)
    expect(refusal(Uint8Array.from([...encoded, 0]))).toMatch(/said to be \d+ bytes long/)
  })

  it('is refused when any bit was flipped', () => {
    const encoded = encodeBatch(small)
    for (let bit = 0; bit < encoded.length * 8; bit++) {
      const changed = encoded.slice()
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(refusal(changed)).toMatch(/^malformed_batch: byte \d+: /)
    }
  })

  it('never makes the reader crash or hang, also when a wrong program sums it up rightly', () => {
    const encoded = encodeBatch(small)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(encoded.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = encoded.slice()
        for (const [at, value] of changes) changed[at] = value
        refusal(summed(changed))
      }),
      { numRuns: 2_000 },
    )
    for (let at = 0; at + 4 <= encoded.length - 4; at += 4)
      for (const value of [0, 1, 0x7fff_ffff, 0xffff_ffff]) {
        const changed = encoded.slice()
        new DataView(changed.buffer).setUint32(at, value, true)
        refusal(summed(changed))
      }
  })

  it('may be empty: it takes up its sequence', () => {
    expect(decodeBatch(encodeBatch({ writer: 'w', sequence: 9, batch: {} }))).toEqual({ writer: 'w', sequence: 9, batch: {} })
  })

  it('has the documented layout', () => {
    const encoded = encodeBatch({ writer: 'ab', sequence: 258, batch: { patch: { notes: 'x' } } })
    const json = '{"patch":{"notes":"x"}}'
    expect(Buffer.from(encoded.subarray(0, -4)).toString('latin1')).toBe(
      `LBBT\u0001\u0002\0\0\u0002\u0001\0\0\u0040\0\0\0ab\0\0\0\0\0\0\u0003\0\0\0${String.fromCharCode(json.length)}\0\0\0${json}\0\0\0\0\0`,
    )
    // By Python's zlib.crc32 of the bytes before it.
    expect(new DataView(encoded.buffer).getUint32(encoded.length - 4, true)).toBe(1986911222)
  })
})

describe('the fields of a batch', () => {
  const withChanges = (changes: object) => refusal(encodeBatch({ writer: 'w', sequence: 1, batch: changes as FlushBatch }))

  it('are named when they are wrong', () => {
    expect(withChanges({ patch: { note: 'x' } })).toBe('unknown_field: changes.patch has an unknown field "note": did you mean "notes"?')
    expect(withChanges({ patch: { status: 'done' } })).toBe(
      'malformed_batch: changes.patch.status must be one of running, finished, failed, interrupted, crashed, got the string "done"',
    )
    expect(withChanges({ links: [{ to: 'a', role: 'checkpoint', step: '3', hash: null, detail: {} }] })).toBe(
      'malformed_batch: changes.links[0].step must be a finite number, or null, got the string "3"',
    )
    expect(withChanges({ rules: [{ pattern: 'a' }, { goal: 'min' }] })).toBe(
      'malformed_batch: changes.rules[1].pattern must be a text, got undefined',
    )
    expect(withChanges({ records: [{ name: 'a', kind: 'text', step: null, wall: 0, payload: {} }] })).toBe(
      'malformed_batch: records[0].step must be a finite number, got null',
    )
    expect(withChanges({ points: { ...small.batch.points, names: ['train:loss'] } })).toMatch(/^invalid_metric_name: .*contains ":"/)
  })

  it('are checked before anything is written, too', () => {
    const points = { ...small.batch.points!, wall: new Float64Array(2) }
    expect(() => encodeBatch({ ...small, batch: { points } })).toThrow('columns differ in length: 1 series, 1 steps, 2 walls, 1 values')
    expect(() => encodeBatch({ ...small, writer: 'a/b' })).toThrow('a writer is 1 to 64 letters')
    expect(() => encodeBatch({ ...small, sequence: 0 })).toThrow('a sequence is a whole number from 1')
  })
})
