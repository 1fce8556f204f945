import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportRun } from '../../server/export/export-run.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { send } from './send.ts'
import { newRun, points, type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
let server: RunningServer

beforeEach(async () => {
  temp = await tempStore()
  server = await startServer({ store: temp.store, port: 0 })
})

afterEach(async () => {
  await server.close()
  await temp.remove()
})

const ODD = [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1.7976931348623157e308, 1 / 3]

async function logged(values: number[], name = 'train/loss'): Promise<string> {
  const writer = await newRun(temp.store, { name: '=danger, "quoted"' })
  writer.flush({ points: points(name, values) })
  writer.close()
  return writer.runId
}

async function bytes(runId: string, options: Parameters<typeof exportRun>[2]): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of exportRun(temp.store, runId, options)) pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
  return Buffer.concat(pieces)
}

const text = async (...parameters: Parameters<typeof bytes>) => (await bytes(...parameters)).toString()

const READERS: Record<'csv' | 'jsonl' | 'parquet', (file: Buffer) => Promise<{ value: number; superseded: boolean }[]>> = {
  csv: async (file) =>
    file
      .toString()
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => ({ value: Number(row.split(',').at(-2)), superseded: row.endsWith(',1') })),
  jsonl: async (file) =>
    file
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { value: unknown; superseded?: boolean })
      .map(({ value, superseded = false }) => ({ value: Number(value), superseded })),
  parquet: async (file) => (await parquetReadObjects({ file: arrayBuffer(file) })) as { value: number; superseded: boolean }[],
}

const arrayBuffer = (file: Buffer) => file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer
const FORMATS = ['csv', 'jsonl', 'parquet'] as const
const values = async (format: (typeof FORMATS)[number], file: Buffer) => (await READERS[format](file)).map(({ value }) => value)

describe.each(FORMATS)('%s', (format) => {
  it('every double comes back exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double(), { minLength: 1, maxLength: 50 }), async (given) => {
        const runId = await logged([...given, ...ODD])
        const back = await values(format, await bytes(runId, { format }))
        expect(back).toEqual([...given, ...ODD])
      }),
      { numRuns: 15 },
    )
  })

  it('is whole for a run of many spans, over HTTP', async () => {
    const given = Array.from({ length: 20_000 }, (_, i) => Math.sin(i) / 3)
    const runId = await logged(given)
    const reply = await send(server.port, `/api/export?run=${runId}&format=${format}`)
    expect(reply.status).toBe(200)
    expect(reply.headers['content-disposition']).toMatch(new RegExp(`^attachment; filename="[\\w.-]+\\.${format}"$`))
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(await values(format, reply.bytes)).toEqual(given)
  })

  it('leaves superseded points out, or marks them when they are asked for', async () => {
    const first = await newRun(temp.store)
    first.flush({ points: points('loss', [1, 2, 3]) })
    first.close()
    const second = await temp.store.resumeRun(first.runId, { forkStep: 1, startedAt: 1, environment: {} })
    second.flush({ points: points('loss', [20], 1) })
    second.close()
    expect(await values(format, await bytes(first.runId, { format }))).toEqual([1, 20])
    const all = await READERS[format](await bytes(first.runId, { format, all: true }))
    expect(all.map(({ value, superseded }) => [value, superseded]).toSorted()).toEqual([
      [1, false],
      [2, true],
      [20, false],
      [3, true],
    ])
  })

  it('takes only the metrics named, and says which there are when one is not', async () => {
    const writer = await newRun(temp.store)
    writer.flush({ points: points('a', [1]) })
    writer.flush({ points: points('b', [2]) })
    writer.close()
    expect(await values(format, await bytes(writer.runId, { format, metrics: ['b'] }))).toEqual([2])
    await expect(text(writer.runId, { format, metrics: ['c'] })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('a, b'),
    })
  })

  it('reports how many points it has read', async () => {
    const runId = await logged(Array.from({ length: 3000 }, (_, i) => i))
    let seen = 0
    await bytes(runId, { format, onPoints: (read) => (seen = read) })
    expect(seen).toBe(3000)
  })
})

it('csv: text that a spreadsheet would run is made harmless, numbers are left alone', async () => {
  const runId = await logged([-1], '-odd')
  const [head, row] = (await text(runId, { format: 'csv' })).split('\r\n')
  expect(head).toBe('run_id,run,metric,step,wall_ms,value,superseded')
  expect(row).toBe(`${runId},"'=danger, ""quoted""",'-odd,0,1700000000000,-1,0`)
})

it('parquet: types that need no guessing, and what the runs were in its metadata', async () => {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet')
  const writer = await newRun(temp.store, { config: { lr: 0.1 }, tags: ['x'] })
  writer.flush({
    points: points('loss', [1], 2 ** 53 - 1),
    records: [{ name: 'note', kind: 'text', step: 0, wall: 0, payload: { text: 'hi', format: 'plain' } }],
  })
  writer.close()
  const told: string[] = []
  const file = arrayBuffer(await bytes(writer.runId, { format: 'parquet', onTell: (_, what) => told.push(what) }))
  const metadata = await parquetMetadataAsync(file)
  expect(parquetSchema(metadata).children.map(({ element }) => [element.name, element.type])).toEqual([
    ...['run_id', 'run', 'project', 'metric'].map((name) => [name, 'BYTE_ARRAY']),
    ['step', 'INT64'],
    ['wall_ms', 'DOUBLE'],
    ['value', 'DOUBLE'],
    ['superseded', 'BOOLEAN'],
  ])
  expect(JSON.parse(metadata.key_value_metadata!.find(({ key }) => key === `lossboard.run.${writer.runId}`)!.value!)).toMatchObject({
    config: { lr: 0.1 },
    tags: ['x'],
  })
  expect((await parquetReadObjects({ file }))[0]).toMatchObject({ run_id: writer.runId, metric: 'loss', step: BigInt(2 ** 53 - 1) })
  expect(told).toEqual(['1 record is not in a Parquet file, which holds numbers only'])
})

it('several runs go into one file, but for event files, and one of them must have a metric that is asked for', async () => {
  const [a, b] = [await logged([1, 2], 'loss'), await logged([3], 'accuracy')]
  for (const format of FORMATS) {
    const reply = await send(server.port, `/api/export?run=${a}&run=${b}&format=${format}`)
    expect((await values(format, reply.bytes)).filter((value) => !Number.isNaN(value))).toEqual([1, 2, 3])
    expect(reply.headers['content-disposition']).toContain(`2-runs.${format}`)
    const some = await send(server.port, `/api/export?run=${a}&run=${b}&format=${format}&metric=accuracy`)
    expect((await values(format, some.bytes)).filter((value) => !Number.isNaN(value))).toEqual([3])
  }
  expect((await send(server.port, `/api/export?run=${a}&run=${b}&format=tfevents`)).status).toBe(400)
  const missing = await send(server.port, `/api/export?run=${a}&run=${b}&metric=f1`)
  expect([missing.status, missing.text]).toEqual([404, expect.stringContaining('these 2 runs have no metric \\"f1\\": there is loss, accuracy')])
})

it('jsonl: begins with the run and what was left out, ends with its records', async () => {
  const writer = await newRun(temp.store, { config: { lr: 0.1 } })
  writer.flush({
    points: points('loss', [1]),
    records: [{ name: 'sample', kind: 'text', step: 3, wall: 7, payload: { text: 'hi', format: 'plain' } }],
  })
  writer.close()
  const lines = (await text(writer.runId, { format: 'jsonl' }))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines[0]).toMatchObject({ type: 'run', superseded_left_out: 0, run: { id: writer.runId, config: { lr: 0.1 } } })
  expect(lines[2]).toEqual({
    type: 'record',
    attempt: 1,
    name: 'sample',
    kind: 'text',
    step: 3,
    wall: 7,
    payload: { text: 'hi', format: 'plain' },
    blob: null,
  })
})

it.each([
  ['/api/export', 400, 'which run'],
  ['/api/export?run=nobody', 404, 'nobody'],
  ['/api/export?run=nobody&format=xlsx', 400, 'csv, jsonl, parquet, tfevents'],
])('%s is answered with %i', async (path, status, message) => {
  const reply = await send(server.port, path)
  expect(reply.status).toBe(status)
  expect(reply.text).toContain(message)
})

it('a blob is served by its hash, typed and unchangeable', async () => {
  const png = Uint8Array.from(
    Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  )
  const evil = Buffer.from('<script>alert(1)</script>')
  const writer = await newRun(temp.store)
  const record = (blob: Uint8Array, blobType: string) => ({ name: 'x', kind: 'image', step: 0, wall: 0, payload: {}, blob, blobType })
  writer.flush({ records: [record(png, 'image/png'), record(evil, 'text/html'), record(Buffer.from('<svg/>'), 'image/svg+xml')] })
  writer.close()
  const hashes = (await temp.store.records({ runId: writer.runId })).map((stored) => stored.blobHash)
  const [image, html, svg] = await Promise.all(hashes.map((hash) => send(server.port, `/api/blob/${hash}`)))
  expect(image?.headers).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'private, max-age=31536000, immutable' })
  expect(image?.bytes.equals(png)).toBe(true)
  for (const reply of [html, svg]) {
    expect(reply?.headers['content-type']).toBe('application/octet-stream')
    expect(reply?.headers['content-disposition']).toMatch(/^attachment/)
    expect(reply?.headers['content-security-policy']).toContain('sandbox')
  }
  expect((await send(server.port, `/api/blob/${'0'.repeat(64)}`)).status).toBe(404)
})
