import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EdgesHistogram, Log10RatioHistogram } from '../../core/kinds/histogram.ts'
import { histogramTotal } from '../../core/kinds/histogram.ts'
import type { ImageValue } from '../../core/kinds/values.ts'
import { histogram, image, init, type RecordValue, text } from '../../trainer/index.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { readRun, withStore } from './fixtures/stored-run.ts'

const QUIET = { quiet: true, captureConsole: false, systemMetrics: false, saveGit: false } as const
const payload = <Value>(record: RecordValue) => record.payload as unknown as Value

describe('histogram', () => {
  it('counts every value once, in the bin whose edges hold it', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (values, bins) => {
        const counted = payload<EdgesHistogram>(histogram(values, { bins }))
        expect(histogramTotal(counted)).toBe(values.length)
        expect(counted.nonFinite).toBe(values.filter((value) => !Number.isFinite(value)).length)
        const { edges, counts } = counted
        const expected = counts.map((_, bin) => {
          const last = bin === counts.length - 1
          const inBin = (value: number) =>
            value >= (edges[bin] as number) && (last ? value <= (edges[bin + 1] as number) : value < (edges[bin + 1] as number))
          return values.filter((value) => Number.isFinite(value) && inBin(value)).length
        })
        expect(counts).toEqual(expected)
      }),
    )
  })

  it('puts values outside a given range into the outermost bins', () => {
    expect(payload<EdgesHistogram>(histogram([-5, 0, 0.5, 1, 9], { bins: 2, range: [0, 1] }))).toEqual({
      layout: 'edges',
      edges: [0, 0.5, 1],
      counts: [2, 3],
      nonFinite: 0,
    })
    expect(payload<EdgesHistogram>(histogram(new Set([1, 10, 100]), { edges: [0, 1, 10, 50] })).counts).toEqual([0, 1, 2])
  })

  it('has one sensible bin range for equal values and for none', () => {
    expect(histogramTotal(payload<EdgesHistogram>(histogram(Float32Array.of(3, 3, 3))))).toBe(3)
    expect(payload<EdgesHistogram>(histogram([], { bins: 1 }))).toEqual({ layout: 'edges', edges: [0, 1], counts: [0], nonFinite: 0 })
    expect(histogramTotal(payload<EdgesHistogram>(histogram([1e308, -1e308])))).toBe(2)
  })

  it('takes one that was counted elsewhere', () => {
    const counted: Log10RatioHistogram = {
      layout: 'log10-ratio',
      counts: Array(80).fill(1),
      zero: 1,
      underflow: 2,
      overflow: 3,
      tinyWeight: 4,
      nonFinite: 5,
    }
    expect(payload(histogram(counted))).toEqual(counted)
  })
})

/** The samples of a PNG whose rows use filter type 2, as ours do. */
function decodePng(bytes: Uint8Array, channels: number): { width: number; height: number; samples: number[] } {
  const file = Buffer.from(bytes)
  const width = file.readUInt32BE(16)
  const height = file.readUInt32BE(20)
  const data: Buffer[] = []
  for (let at = 8; at < file.length; ) {
    const size = file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(file.subarray(at + 8, at + 8 + size))
    at += 12 + size
  }
  const rows = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const samples: number[] = []
  for (let y = 0; y < height; y++) {
    expect(rows[y * (stride + 1)]).toBe(2)
    for (let x = 0; x < stride; x++)
      samples.push(((rows[y * (stride + 1) + 1 + x] as number) + (y === 0 ? 0 : (samples[(y - 1) * stride + x] as number))) & 255)
  }
  return { width, height, samples }
}

describe('image', () => {
  it('writes raw pixels as a PNG that holds every sample', () => {
    const pixels = fc
      .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }), channels: fc.constantFrom(1, 2, 3, 4) })
      .chain(({ width, height, channels }) => {
        const n = width * height * channels
        return fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          channels: fc.constant(channels),
          data: fc.uint8Array({ minLength: n, maxLength: n }),
        })
      })
    fc.assert(
      fc.property(pixels, ({ width, height, channels, data }) => {
        const { blob, blobType } = image({ width, height, channels: channels as 1 | 2 | 3 | 4, data })
        expect(blobType).toBe('image/png')
        expect(decodePng(blob as Uint8Array, channels)).toEqual({ width, height, samples: [...data] })
      }),
    )
  })

  it('takes floats from 0 to 1, clips beyond, draws NaN as 0', () => {
    const { blob } = image({ width: 3, height: 2, data: [0, 0.5, 1, -1, 2, Number.NaN] })
    expect(decodePng(blob as Uint8Array, 1).samples).toEqual([0, 128, 255, 0, 255, 0])
  })

  it.each([
    ['image/gif', 'R0lGODlhAgADAIAAAP///wAAACwAAAAAAgADAAACAoRRADs=', 2, 3],
    ['image/png', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 1, 1],
    ['image/webp', 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 1, 1],
    [
      'image/jpeg',
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAACAAUBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z',
      5,
      2,
    ],
  ] as const)('knows the size of a %s', (type, base64, width, height) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
    const record = image(bytes, { caption: 'small' })
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(payload<ImageValue>(record)).toEqual({ type, width, height, caption: 'small', hash, bytes: bytes.length })
    expect(record.blob).toEqual(bytes)
  })

  it('refuses files cut inside their header', () => {
    const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBD', 'base64')
    for (let size = 0; size <= jpeg.length; size++) expect(() => image(new Uint8Array(jpeg.subarray(0, size)))).toThrow('no PNG, JPEG, GIF or WebP')
  })
})

describe('records in the store', () => {
  it('come back with step, kind, value and bytes, also when the caller reuses its arrays at once', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store })
    const weights = new Float32Array(100).fill(1)
    const pixels = new Uint8Array(12).fill(200)
    const drawn = image({ width: 2, height: 2, channels: 3, data: pixels }, { caption: 'grey' })
    run.log({ 'weights/conv1': histogram(weights, { bins: 1 }), sample: drawn, note: text('**bold**', { format: 'markdown' }), loss: 1 }, 4)
    weights.fill(0)
    pixels.fill(0)
    for (let step = 5; step < 3_000; step++) run.log({ 'weights/conv1': histogram([step], { bins: 1, range: [0, 1] }) }, step)
    expect(run.flushSync()).toBe(true)
    await run.finish()
    const { records, points } = await readRun(folder.store, run.id)
    const first = records.filter(({ step }) => step === 4)
    expect(first.map(({ name, kind }) => [name, kind])).toEqual([
      ['weights/conv1', 'histogram'],
      ['sample', 'image'],
      ['note', 'text'],
    ])
    expect(first[0]?.payload).toMatchObject({ counts: [100], edges: [0.5, 1.5] })
    expect(first[2]?.payload).toEqual({ text: '**bold**', format: 'markdown' })
    expect(records.filter(({ name }) => name === 'weights/conv1').map(({ step }) => step)).toEqual(
      Array.from({ length: 2_996 }, (_, index) => index + 4),
    )
    expect(points.get('loss')?.value).toEqual([1])
    const blob = await withStore(folder.store, (store) => store.blob(first[1]?.blobHash ?? ''))
    expect(blob?.type).toBe('image/png')
    expect(decodePng(blob?.bytes as Uint8Array, 3).samples).toEqual(Array(12).fill(200))
    expect(first[1]?.payload).toMatchObject({ hash: first[1]?.blobHash })
  })
})
