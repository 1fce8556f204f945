/**
 * Fills the disk that holds STORE, then goes on: `full-disk-child.ts STORE FILLER|-`. With FILLER, deleting that file frees space; with `-`
 * the parent lifts the limit when it reads "full". Prints one line of JSON at the end.
 */
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { openSqlite } from '../../db/sqlite/store.ts'
import { newRun, steps } from './contract/make.ts'

const [path, filler] = process.argv.slice(2) as [string, string]
const store = openSqlite(path, { mode: 'create' })
const writer = store.createRunSync(newRun('r1'))
const BATCH = 1500
const batchAt = (index: number) => ({
  points: steps('m', index * BATCH, (index + 1) * BATCH, (step) => step / 3),
  records: [{ name: 'i', kind: 'image', step: index, wall: 1e12, payload: index, blob: new Uint8Array(2000).fill(index % 256) }],
})

let stored = 0
const refused: { code: unknown; message: string }[] = []
try {
  for (; stored < 10_000; stored++) writer.flush(batchAt(stored))
} catch (error) {
  refused.push({ code: (error as { code?: unknown }).code, message: (error as Error).message })
}
// Trying again without space fails alike, and reading goes on.
try {
  writer.flush(batchAt(stored))
} catch (error) {
  refused.push({ code: (error as { code?: unknown }).code, message: (error as Error).message })
}
// So does a blob, which is a file of its own.
try {
  writer.flush({ records: [{ name: 'big', kind: 'image', step: 0, wall: 1e12, payload: null, blob: new Uint8Array(4_000_000) }] })
} catch (error) {
  refused.push({ code: (error as { code?: unknown }).code, message: (error as Error).message })
}
const whileFull = (await store.series('r1'))[0]?.n
const [chart] = await store.chart([
  { runId: 'r1', name: 'm', x: { kind: 'step' }, range: null, width: 100, smoothing: { kind: 'none' }, abandoned: false },
])

if (filler === '-') {
  process.stdout.write('full\n')
  await once(process.stdin, 'data')
} else rmSync(filler)
for (let i = 0; i < 5; i++) writer.flush(batchAt(stored + i))
writer.close()

let n = 0
let wrong = 0
for await (const part of store.points('r1', 'm'))
  part.step.forEach((step, i) => {
    if (step !== n || part.value[i] !== step / 3) wrong++
    n++
  })
const blobs = (await store.records({ runId: 'r1' })).length
await store.close()
process.stdout.write(`${JSON.stringify({ refused, stored: stored * BATCH, whileFull, drawn: chart?.n, n, wrong, batches: stored + 5, blobs })}\n`)
process.exit(0)
