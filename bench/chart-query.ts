/** One chart query for runs of 1e3 to 1e8 points: the cost must follow pixels, not points. Limit: one second of patience over forty cards. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ChartRequest } from '../core/chart.ts'
import { openStore } from '../db/open.ts'
import { fillRun } from './filled-store.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder, median } from './temp-folder.ts'

const SIZES = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8]
const WIDTH = 500
/** Reading every row and bucketing it, which is what a tracker with one row a point must do, stops being bearable here. */
const RIVAL_MAX = 1e6

async function measure(folder: string, points: number): Promise<Row[]> {
  const file = join(folder, `${points}.db`)
  const writing = await openStore(file, { mode: 'create' })
  const runId = await fillRun(writing, 0, ['train/loss'], points)
  const otherId = await fillRun(writing, 1, ['train/loss'], 1000)
  await writing.checkpoint()
  await writing.close()
  const whole: ChartRequest = {
    runId,
    name: 'train/loss',
    x: { kind: 'step' },
    range: null,
    width: WIDTH,
    smoothing: { kind: 'ema', weight: 0.6 },
    abandoned: false,
  }
  const cases: [string, ChartRequest][] = [['whole', whole]]
  if (points >= 1e5) cases.push(['1 %', { ...whole, range: [points * 0.4, points * 0.41] }])
  const rows: Row[] = []
  for (const [what, request] of cases) {
    const times: number[] = []
    for (let repeat = 0; repeat < 5; repeat++) {
      const store = await openStore(file, { mode: 'read' })
      // The dashboard keeps its store open: statements are prepared, but nothing of this run has been read.
      await store.chart([{ ...whole, runId: otherId }])
      const start = performance.now()
      const [answer] = await store.chart([request])
      times.push(performance.now() - start)
      if (!answer || answer.x.length === 0 || answer.x.length > 4 * WIDTH) throw new Error(`chart answered ${answer?.x.length} points`)
      await store.close()
    }
    const rival = what === 'whole' && points <= RIVAL_MAX ? rowsInSqlite(join(folder, 'rows.db'), points) : null
    rows.push({
      what: `chart query, ${points.toExponential(0).replace('+', '')} points, ${what}`,
      value: median(times),
      unit: 'ms',
      better: 'lower',
      target: 25,
      against: rival === null ? 'limit' : 'min/max buckets over plain rows in SQL',
      rival: rival ?? 25,
    })
  }
  return rows
}

function rowsInSqlite(file: string, points: number): number {
  const database = new Database(file)
  database.exec(
    'DROP TABLE IF EXISTS points; CREATE TABLE points (series INTEGER, step INTEGER, value REAL, PRIMARY KEY (series, step)) WITHOUT ROWID',
  )
  const insert = database.prepare('INSERT INTO points VALUES (1, ?, ?)')
  database.transaction(() => {
    for (let step = 0; step < points; step++) insert.run(step, Math.sin(step))
  })()
  const query = database.prepare(
    'SELECT step * ? / ? AS bucket, min(value), max(value), min(step), max(step) FROM points WHERE series = 1 GROUP BY bucket',
  )
  query.all(WIDTH, points)
  const start = performance.now()
  query.all(WIDTH, points)
  const elapsed = performance.now() - start
  database.close()
  return elapsed
}

export const chartQuery: Benchmark = {
  id: 'chart-query',
  title: 'Chart query',
  async run() {
    const rows: Row[] = []
    for (const points of SIZES) rows.push(...(await inTempFolder((folder) => measure(folder, points))))
    return rows
  },
}
