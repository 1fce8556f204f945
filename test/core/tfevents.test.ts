import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32c, maskedCrc32c } from '../../core/tfevents/crc32c.ts'
import { readEvent } from '../../core/tfevents/event.ts'
import { Frame, RECORD_MAX } from '../../core/tfevents/framing.ts'
import { ScalarScan } from '../../core/tfevents/scalar-scan.ts'
import { bfloat16, float16, readTensor, tensorNumbers } from '../../core/tfevents/tensor.ts'
import { bucketsToEdges } from '../../core/tfevents/values/buckets.ts'
import { legacyBuckets } from '../../core/tfevents/values/histogram.ts'
import { MalformedMessage, WireReader } from '../../core/tfevents/wire.ts'
import { frame, recordOffsets } from '../server/importers/frames.ts'

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** One bit at a time: slow, and plainly the definition. */
function plainCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function varint(value: bigint): number[] {
  const bytes: number[] = []
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    if (rest < 0x80n) return [...bytes, Number(rest)]
    bytes.push(Number(rest & 0x7fn) | 0x80)
  }
}

describe('checksums', () => {
  it('are those of the known vectors', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(maskedCrc32c(Buffer.from('\u001a\u0011CRC test, one two'))).toBe(0x5794d08a)
  })

  it('are those of the definition, for any bytes and any part of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), (bytes, from) => {
        expect(crc32c(bytes, Math.min(from, bytes.length))).toBe(plainCrc(bytes.subarray(from)))
      }),
    )
  })
})

describe('records', () => {
  const read = (bytes: Uint8Array, at = 0) => {
    const found = new Frame()
    found.read(bytes, view(bytes), at, bytes.length)
    return found
  }

  it('are found whatever they hold, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (payloads) => {
        const file = Buffer.concat(payloads.map(frame))
        let at = 0
        for (const payload of payloads) {
          const found = read(file, at)
          expect(found.status).toBe('record')
          expect(file.subarray(found.start, found.end).equals(payload)).toBe(true)
          at = found.next
        }
        expect(at).toBe(file.length)
      }),
    )
  })

  it('cut anywhere are short, and a changed bit is noticed wherever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.nat(7), (payload, place, bit) => {
        const file = frame(payload)
        expect(read(file.subarray(0, place % file.length)).status).toBe('short')
        const at = place % file.length
        file[at] = file[at]! ^ (1 << bit)
        expect(read(file).status).toBe(at < 12 ? 'bad-length' : 'bad-payload')
      }),
    )
  })

  it('longer than what is held in memory are told by their length', () => {
    const header = Buffer.alloc(16)
    header.writeBigUInt64LE(BigInt(RECORD_MAX) + 1n, 0)
    header.writeUInt32LE(maskedCrc32c(header, 0, 8), 8)
    expect(read(header).status).toBe('too-long')
  })
})

describe('numbers on the wire', () => {
  const one = (bytes: number[]) => {
    const fields = new WireReader(Uint8Array.from(bytes))
    fields.next()
    return fields
  }

  it('are read exactly within ±2^53, negative ones too, and as the nearest float64 beyond', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(one([0x10, ...varint(value)]).int64()).toBe(Number(value))
        expect(one([0x10, ...varint(value)]).uint64()).toBe(Number(BigInt.asUintN(64, value)))
      }),
    )
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        // −0 is no integer of the wire.
        expect(one([0x10, ...varint(BigInt(value))]).int64()).toBe(value + 0)
      }),
    )
  })

  it('in lists are the same packed and one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 1, maxLength: 20 }), (numbers) => {
        const bytes = (value: number) => [...new Uint8Array(Float32Array.of(value).buffer)]
        const single = numbers.flatMap((value) => [0x2d, ...bytes(value)])
        const packed = [0x2a, ...varint(BigInt(numbers.length * 4)), ...numbers.flatMap(bytes)]
        for (const message of [single, packed]) expect(readTensor(new WireReader(Uint8Array.from(message))).list).toEqual(numbers)
      }),
    )
  })

  it('of random bytes never read past the end, and never go wrong but as a malformed message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readEvent(new WireReader(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the quick way through plain numbers', () => {
  it('gives what the thorough one gives, for every record of real files and any cut of them', () => {
    const folder = join(import.meta.dirname, '../fixtures/tfevents')
    const scan = new ScalarScan()
    let quick = 0
    for (const name of ['tensorboardx', 'tensorboard', 'oracle/repeated-steps', 'oracle/double']) {
      const file = readFileSync(join(folder, name, 'events.out.tfevents.1700000000.host'))
      for (const at of recordOffsets(file).slice(0, -1)) {
        const payload = file.subarray(at + 12, at + 12 + Number(file.readBigUInt64LE(at)))
        for (let end = 0; end <= Math.min(60, payload.length); end++) {
          const part = end === Math.min(60, payload.length) ? payload : payload.subarray(0, end)
          if (!scan.scan(part, view(part), 0, part.length)) continue
          quick++
          const event = readEvent(new WireReader(part))
          expect([scan.step, scan.wall, scan.count]).toEqual([event.step, event.wall, event.values.length])
          event.values.forEach(({ tag, content }, i) => {
            expect(part.subarray(scan.tagFrom[i]!, scan.tagTo[i]!).toString()).toBe(tag)
            expect(content).toEqual({ type: 'number', value: scan.value[i] })
          })
        }
      }
    }
    expect(quick).toBeGreaterThan(200)
  })
})

describe('tensors', () => {
  const tensor = (dtype: number, shape: number[], rest: { content?: Uint8Array; list?: number[] }) =>
    tensorNumbers({ dtype, shape, content: rest.content ?? new Uint8Array(0), list: rest.list ?? [], strings: [] })

  it('of every number type are read from their bytes', () => {
    const bytes = (array: { buffer: ArrayBufferLike }) => new Uint8Array(array.buffer as ArrayBuffer)
    expect(tensor(1, [2], { content: bytes(Float32Array.of(0.1, -2)) })).toEqual(Float64Array.of(Math.fround(0.1), -2))
    expect(tensor(2, [1], { content: bytes(Float64Array.of(0.1)) })).toEqual(Float64Array.of(0.1))
    expect(tensor(3, [1], { content: bytes(Int32Array.of(-7)) })).toEqual(Float64Array.of(-7))
    expect(tensor(4, [1], { content: Uint8Array.of(255) })).toEqual(Float64Array.of(255))
    expect(tensor(5, [1], { content: bytes(Int16Array.of(-300)) })).toEqual(Float64Array.of(-300))
    expect(tensor(6, [1], { content: bytes(Int8Array.of(-1)) })).toEqual(Float64Array.of(-1))
    expect(tensor(9, [], { content: bytes(BigInt64Array.of(-(2n ** 40n))) })).toEqual(Float64Array.of(-(2 ** 40)))
    expect(tensor(10, [2], { content: Uint8Array.of(0, 1) })).toEqual(Float64Array.of(0, 1))
    expect(tensor(17, [1], { content: bytes(Uint16Array.of(65535)) })).toEqual(Float64Array.of(65535))
    expect(tensor(22, [1], { content: bytes(Uint32Array.of(4294967295)) })).toEqual(Float64Array.of(4294967295))
    expect(tensor(23, [1], { content: bytes(BigUint64Array.of(2n ** 63n)) })).toEqual(Float64Array.of(2 ** 63))
    expect(tensor(19, [1], { list: [0x3e00] })).toEqual(Float64Array.of(1.5))
    expect(tensor(14, [1], { list: [0x3fc0] })).toEqual(Float64Array.of(1.5))
    expect(tensor(1, [2, 2], { list: [3] })).toEqual(Float64Array.of(3, 3, 3, 3))
  })

  it('of half precision cover zeros, subnormal numbers, infinities and NaN', () => {
    expect([0, 0x8000, 1, 0x7c00, 0xfc00, 0x7e00, 0x7bff].map(float16)).toEqual([0, -0, 2 ** -24, Infinity, -Infinity, Number.NaN, 65504])
    expect([0x7f80, 0xff80, 0x7fc0].map(bfloat16)).toEqual([Infinity, -Infinity, Number.NaN])
  })

  it('that do not fit their shape are refused with the reason', () => {
    expect(tensor(1, [3], { content: new Uint8Array(4) })).toBe('4 bytes for shape [3] of float32, which needs 12')
    expect(tensor(1, [3], { list: [1, 2] })).toBe('2 values for shape [3]')
    expect(tensor(1, [2 ** 40, 2 ** 40], { list: [1] })).toMatch(/^a tensor of shape/)
    expect(tensor(7, [], {})).toBe('a tensor of string holds no numbers')
  })
})

describe('buckets', () => {
  const edges = (...rows: [number, number, number][]) => bucketsToEdges(rows.map(([left, right, count]) => ({ left, right, count })))

  it('keep edges and counts, fill gaps, and give buckets without width to a neighbour that reaches them', () => {
    expect(edges([0, 1, 2], [1, 3, 4])).toEqual({ edges: [0, 1, 3], counts: [2, 4] })
    expect(edges([0, 1, 2], [2, 3, 4])).toEqual({ edges: [0, 1, 2, 3], counts: [2, 0, 4] })
    expect(edges([1, 1, 5], [1, 2, 3])).toEqual({ edges: [1, 2], counts: [8] })
    expect(edges([1, 2, 3], [2, 2, 5])).toEqual({ edges: [1, 2], counts: [8] })
  })

  it('of equal values get a small width, and none at all one empty bucket', () => {
    expect(edges([3, 3, 0], [3, 3, 10])).toEqual({ edges: [2.997, 3.003], counts: [10] })
    expect(edges([0, 0, 4])).toEqual({ edges: [-1e-6, 1e-6], counts: [4] })
    expect(edges()).toEqual({ edges: [0, 1], counts: [0] })
    expect(edges([0, 0, 0], [0, 0, 0])).toEqual({ edges: [0, 1], counts: [0] })
  })

  it('that are no histogram are refused with the reason', () => {
    expect(edges([2, 1, 1])).toBe('a histogram bucket from 2 down to 1')
    expect(edges([0, Number.NaN, 1])).toBe('a histogram bucket from 0 to NaN')
    expect(edges([0, 1, 0.5])).toBe('a histogram bucket that counts 0.5')
    expect(edges([0, 2, 1], [1, 3, 1])).toBe('histogram buckets that overlap at 1')
    expect(legacyBuckets({ min: 0, max: 1, num: 1, limits: [1, 2], counts: [1] })).toBe('a histogram of 2 limits and 1 counts')
  })

  it('never lose a count: what can be told at all adds up', () => {
    const row = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(3), fc.nat(9))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const buckets = rows
          .map(([left, width, count]) => ({ left, right: left + width, count }))
          .sort((a, b) => a.left - b.left || a.right - b.right)
        const made = bucketsToEdges(buckets)
        if (typeof made === 'string') return
        expect(made.counts.reduce((sum, n) => sum + n, 0)).toBe(buckets.reduce((sum, { count }) => sum + count, 0))
        expect(made.edges).toHaveLength(made.counts.length + 1)
        expect(made.edges.every((edge, i) => i === 0 || edge > made.edges[i - 1]!)).toBe(true)
      }),
    )
  })
})
