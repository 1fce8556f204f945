import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FlushBatch, NewRecord } from '../../../core/flush-batch.ts'
import { toStoredNumber } from '../../../core/stored-number.ts'
import { type IngestServer, ingestServer } from './ingest-server.ts'

let at: IngestServer
beforeAll(async () => {
  at = await ingestServer()
})
afterAll(() => at.stop())

/** JSON that keeps −0, as docs/http.md says it is written. */
const json = (value: unknown) =>
  JSON.stringify(value, (_, item: unknown) => (Object.is(item, -0) ? '\u0000-0' : item)).replaceAll('"\\u0000-0"', '-0')

function jsonForm(writer: string, sequence: number, { points, records, ...changes }: FlushBatch): string {
  return json({
    writer,
    sequence,
    ...(points && {
      points: {
        names: points.names,
        series: [...points.series],
        step: [...points.step],
        wall: [...points.wall],
        value: Array.from(points.value, (value) => (Object.is(value, -0) ? value : toStoredNumber(value))),
      },
    }),
    ...(records && { records: records.map(({ blob, ...rest }) => ({ ...rest, ...(blob && { blob: Buffer.from(blob).toString('base64') }) })) }),
    ...changes,
  })
}

/** Everything stored of a run, whatever it is called. */
async function content(runId: string): Promise<unknown> {
  const { store } = at.temp
  const run = (await store.run(runId))!
  const series = await store.series(runId)
  const points = await Promise.all(
    series.map(async ({ name }) => {
      const rows: unknown[] = []
      for await (const part of store.points(runId, name, { all: true }))
        for (const [i, step] of part.step.entries()) rows.push([step, part.wall[i], part.value[i], part.superseded?.[i]])
      return [name, rows]
    }),
  )
  const records = (await store.records({ runId, all: true })).map(({ id: _, runId: __, ...record }) => record)
  const { config, summary, notes, tags, droppedPoints, status } = run
  return { series, points, records, rules: await store.rules(runId), config, summary, notes, tags, droppedPoints, status }
}

const step = fc.oneof(fc.integer({ min: -5, max: 50 }), fc.maxSafeInteger())
const wall = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e13, max: 1e13 })
const value = fc.oneof(fc.double(), fc.constantFrom(-0, 0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1 / 3))
const name = fc.constantFrom('a', 'train/loss', 'val/acc', 'x y')

const points = fc
  .tuple(fc.uniqueArray(name, { minLength: 1 }), fc.array(fc.tuple(fc.nat(), step, wall, value), { maxLength: 60 }))
  .map(([names, rows]) => ({
    names,
    series: Uint32Array.from(rows, (row) => row[0] % names.length),
    step: Float64Array.from(rows, (row) => row[1]),
    wall: Float64Array.from(rows, (row) => row[2]),
    value: Float64Array.from(rows, (row) => row[3]),
  }))
const record: fc.Arbitrary<NewRecord> = fc
  .record({ name, step, wall, text: fc.string({ unit: 'grapheme' }), blob: fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined }) })
  .map(({ text, blob, ...rest }) => ({
    ...rest,
    kind: 'text',
    payload: { text, format: 'plain' },
    ...(blob && { blob, blobType: 'application/x-test' }),
  }))
const batch: fc.Arbitrary<FlushBatch> = fc.record(
  {
    points,
    records: fc.array(record, { minLength: 1, maxLength: 4 }),
    rules: fc.array(fc.record({ pattern: name, goal: fc.constantFrom('min' as const, 'max' as const) }), { maxLength: 2 }),
    patch: fc.record(
      {
        config: fc.dictionary(
          fc.string(),
          fc.oneof(
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
            fc.string(),
            fc.boolean(),
          ),
        ),
        notes: fc.string({ unit: 'grapheme' }),
        tags: fc.array(fc.string(), { maxLength: 3 }),
        droppedPoints: fc.nat(),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)

it('a batch in JSON and the same in binary store the same, every bit of every value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (batches) => {
      const [text, bytes] = [await at.begin(), await at.begin()]
      for (const [index, one] of batches.entries()) {
        const replies = [
          await at.call(`/runs/${text.id}/batches`, jsonForm(text.writer, index + 1, one)),
          await at.binary(bytes, index + 1, one, { gzip: index % 2 === 1 }),
        ]
        for (const reply of replies) expect(reply.status, reply.text).toBe(200)
      }
      const [fromText, fromBytes] = [await content(text.id), await content(bytes.id)]
      expect(fromText).toEqual(fromBytes)
      // And that is what was sent: the points of every series in the order logged.
      const sent = new Map<string, number[]>()
      for (const { points: columns } of batches)
        columns?.value.forEach((one, i) => {
          const key = columns.names[columns.series[i]!]!
          sent.set(key, [...(sent.get(key) ?? []), one])
        })
      const stored = (fromText as { points: [string, [number, number, number, number][]][] }).points
      for (const [key, rows] of stored) {
        const values = rows.map((row) => row[2])
        const wanted = sent.get(key)!
        expect(values).toHaveLength(wanted.length)
        for (const one of wanted) expect(values.some((other) => Object.is(other, one))).toBe(true)
      }
    }),
    { numRuns: 12 },
  )
})
