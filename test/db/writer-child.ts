/** Logs to a store until it is killed: `writer-child.ts STORE RUN`. Prints the number of points of series 0 after each commit. */
import { openSqlite } from '../../db/sqlite/store.ts'
import { newRun } from './contract/make.ts'
import { valueAt } from './writer-child-value.ts'

const [path, id] = process.argv.slice(2) as [string, string]
const store = openSqlite(path, { busyTimeoutMs: 20_000 })
const writer = store.createRunSync(newRun(id, { startedAt: Date.now(), environment: { pid: process.pid } }))
const SERIES = 5
let step = 0
for (let round = 0; ; round++) {
  // Few points go to the tail, many straight to spans; both, in turns that differ from run to run.
  const count = round % 7 === 0 ? 700 + (round % 5) * 500 : 1 + (round % 4)
  const n = count * SERIES
  const points = {
    names: Array.from({ length: SERIES }, (_, i) => `m${i}`),
    series: Uint32Array.from({ length: n }, (_, i) => i % SERIES),
    step: Float64Array.from({ length: n }, (_, i) => step + Math.floor(i / SERIES)),
    wall: Float64Array.from({ length: n }, (_, i) => 1e12 + step + Math.floor(i / SERIES)),
    value: Float64Array.from({ length: n }, (_, i) => valueAt(i % SERIES, step + Math.floor(i / SERIES))),
  }
  for (;;) {
    try {
      writer.flush({ points, records: round % 10 === 0 ? [{ name: 'round', kind: 'text', step, wall: 1e12, payload: round }] : [] })
      break
    } catch (error) {
      if ((error as { code?: string }).code !== 'store_busy') throw error
    }
  }
  step += count
  process.stdout.write(`${step}\n`)
}
