import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportRun } from '../../server/export/export-run.ts'
import { EXPORT_FORMATS } from '../../server/export/registry.ts'
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

async function text(runId: string, options: Parameters<typeof exportRun>[2]): Promise<string> {
  let all = ''
  for await (const piece of exportRun(temp.store, runId, options)) all += piece
  return all
}

const values = (format: string, file: string): number[] =>
  format === 'csv'
    ? file
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => Number(row.split(',').at(-2)))
    : file
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => Number((JSON.parse(line) as { value: unknown }).value))

describe.each(EXPORT_FORMATS.map((format) => format.id))('%s', (format) => {
  it('every double comes back exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double(), { minLength: 1, maxLength: 50 }), async (given) => {
        const runId = await logged([...given, ...ODD])
        const back = values(format, await text(runId, { format }))
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
    expect(values(format, reply.text)).toEqual(given)
  })

  it('leaves superseded points out, or marks them when they are asked for', async () => {
    const first = await newRun(temp.store)
    first.flush({ points: points('loss', [1, 2, 3]) })
    first.close()
    const second = await temp.store.resumeRun(first.runId, { forkStep: 1, startedAt: 1, environment: {} })
    second.flush({ points: points('loss', [20], 1) })
    second.close()
    expect(values(format, await text(first.runId, { format }))).toEqual([1, 20])
    const all = await text(first.runId, { format, all: true })
    expect(values(format, all).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 20])
    const marked = all.split('\n').filter((line) => (format === 'csv' ? line.trimEnd().endsWith(',1') : line.includes('"superseded":true}')))
    expect(marked).toHaveLength(2)
  })

  it('takes only the metrics named, and says which there are when one is not', async () => {
    const writer = await newRun(temp.store)
    writer.flush({ points: points('a', [1]) })
    writer.flush({ points: points('b', [2]) })
    writer.close()
    expect(values(format, await text(writer.runId, { format, metrics: ['b'] }))).toEqual([2])
    await expect(text(writer.runId, { format, metrics: ['c'] })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('a, b'),
    })
  })

  it('reports how many points it has read', async () => {
    const runId = await logged(Array.from({ length: 3000 }, (_, i) => i))
    let seen = 0
    await text(runId, { format, onPoints: (read) => (seen = read) })
    expect(seen).toBe(3000)
  })
})

it('csv: text that a spreadsheet would run is made harmless, numbers are left alone', async () => {
  const runId = await logged([-1], '-odd')
  const [head, row] = (await text(runId, { format: 'csv' })).split('\r\n')
  expect(head).toBe('run_id,run,metric,step,wall_ms,value,superseded')
  expect(row).toBe(`${runId},"'=danger, ""quoted""",'-odd,0,1700000000000,-1,0`)
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
  ['/api/export?run=nobody&format=xlsx', 400, 'csv or jsonl'],
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
