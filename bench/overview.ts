/** The runs table of 1,000 runs × 20 metrics, from the store to packed columns, against one GROUP BY over plain rows. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { pack } from '../core/wire.ts'
import { openStore } from '../db/open.ts'
import { fillRun } from './filled-store.ts'
import type { Benchmark } from './row.ts'
import { inTempFolder, median } from './temp-folder.ts'

const RUNS = 1000
const METRICS = 20
const POINTS = 50

function groupByOverRows(file: string): number {
  const database = new Database(file)
  database.exec('CREATE TABLE points (run INTEGER, metric INTEGER, step INTEGER, value REAL, PRIMARY KEY (run, metric, step)) WITHOUT ROWID')
  const insert = database.prepare('INSERT INTO points VALUES (?, ?, ?, ?)')
  database.transaction(() => {
    for (let run = 0; run < RUNS; run++)
      for (let metric = 0; metric < METRICS; metric++) for (let step = 0; step < POINTS; step++) insert.run(run, metric, step, Math.sin(step + run))
  })()
  const query = database.prepare('SELECT run, metric, max(step), value, (SELECT min(value)) FROM points GROUP BY run, metric').raw()
  query.all()
  const start = performance.now()
  query.all()
  const elapsed = performance.now() - start
  database.close()
  return elapsed
}

export const overview: Benchmark = {
  id: 'overview',
  title: 'Runs table',
  async run() {
    return inTempFolder(async (folder) => {
      const file = join(folder, 'overview.db')
      const names = Array.from({ length: METRICS }, (_, index) => `metric/${index}`)
      const writing = await openStore(file, { mode: 'create' })
      for (let run = 0; run < RUNS; run++) await fillRun(writing, run, names, POINTS)
      await writing.checkpoint()
      await writing.close()
      const store = await openStore(file, { mode: 'read' })
      const times: number[] = []
      let bytes = 0
      for (let repeat = 0; repeat < 7; repeat++) {
        const start = performance.now()
        const answer = await store.overview({ project: 'bench' }, names)
        const text = JSON.stringify(pack(answer))
        times.push(performance.now() - start)
        bytes = text.length
        if (answer.runs.length !== RUNS || answer.metrics.length !== METRICS) throw new Error('overview is incomplete')
      }
      await store.close()
      return [
        {
          what: `overview, ${RUNS} runs × ${METRICS} metrics (${Math.round(bytes / 1024)} KiB of JSON)`,
          value: median(times),
          unit: 'ms',
          better: 'lower',
          target: 30,
          against: 'GROUP BY over plain rows',
          rival: groupByOverRows(join(folder, 'rows.db')),
        },
      ]
    })
  },
}
