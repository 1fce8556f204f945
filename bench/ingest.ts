/** Points per second from `run.log` until committed, and bytes a point on disk, against plain rows and a TensorBoard event file. */

import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { init } from '../trainer/index.ts'
import { EventFileWriter } from './event-file.ts'
import type { Benchmark, Row } from './row.ts'
import { SAMPLE_METRICS, sampleValue } from './sample-metrics.ts'
import { inTempFolder } from './temp-folder.ts'

const STEPS = 200_000
const POINTS = STEPS * SAMPLE_METRICS.length

interface Result {
  perSecond: number
  bytesPerPoint: number
}

/** Values are made before the clock starts: the figure is about storing them. */
function prepareValues(): Float64Array[] {
  return SAMPLE_METRICS.map((_, index) => Float64Array.from({ length: STEPS }, (__, step) => sampleValue(index, step)))
}

async function viaLossboard(file: string, columns: Float64Array[]): Promise<Result> {
  const run = init({ project: 'bench', dir: file, quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
  const point: Record<string, number> = {}
  const start = performance.now()
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < SAMPLE_METRICS.length; i++) point[SAMPLE_METRICS[i] as string] = columns[i]?.[step] as number
    run.log(point, step)
  }
  await run.flush()
  const seconds = (performance.now() - start) / 1000
  await run.finish()
  const database = new Database(file)
  database.pragma('wal_checkpoint(TRUNCATE)')
  const { stored } = database.prepare('SELECT sum(n) AS stored FROM series').get() as { stored: number }
  database.close()
  if (stored !== POINTS) throw new Error(`${stored} of ${POINTS} points stored`)
  return { perSecond: POINTS / seconds, bytesPerPoint: statSync(file).size / POINTS }
}

function viaRows(file: string, columns: Float64Array[]): Result {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec('CREATE TABLE points (series INTEGER, step INTEGER, wall REAL, value REAL, PRIMARY KEY (series, step)) WITHOUT ROWID')
  const insert = database.prepare('INSERT INTO points VALUES (?, ?, ?, ?)')
  const flush = database.transaction((from: number, to: number) => {
    for (let step = from; step < to; step++)
      for (let series = 0; series < columns.length; series++) insert.run(series, step, Date.now(), columns[series]?.[step])
  })
  const start = performance.now()
  for (let step = 0; step < STEPS; step += 2000) flush(step, Math.min(STEPS, step + 2000))
  const seconds = (performance.now() - start) / 1000
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  return { perSecond: POINTS / seconds, bytesPerPoint: statSync(file).size / POINTS }
}

function viaEventFile(file: string, columns: Float64Array[]): Result {
  const tags = SAMPLE_METRICS.map((name) => new TextEncoder().encode(name))
  const start = performance.now()
  const writer = new EventFileWriter()
  for (let step = 0; step < STEPS; step++)
    for (let series = 0; series < tags.length; series++)
      writer.scalar(tags[series] as Uint8Array, step, Date.now() / 1000, columns[series]?.[step] as number)
  writeFileSync(file, writer.bytes())
  const seconds = (performance.now() - start) / 1000
  return { perSecond: POINTS / seconds, bytesPerPoint: statSync(file).size / POINTS }
}

export const ingest: Benchmark = {
  id: 'ingest',
  title: 'Ingest rate and size',
  async run() {
    const columns = prepareValues()
    return inTempFolder(async (folder) => {
      const ours = await viaLossboard(join(folder, 'ours.db'), columns)
      const rows = viaRows(join(folder, 'rows.db'), columns)
      const events = viaEventFile(join(folder, 'events.out.tfevents.1'), columns)
      const rate = { what: 'ingest, log call to commit', value: ours.perSecond, unit: 'points/s', better: 'higher' as const }
      const size = { what: 'size of 10 mixed metrics', value: ours.bytesPerPoint, unit: 'bytes/point', better: 'lower' as const }
      return [
        { ...rate, against: 'rows in SQLite', rival: rows.perSecond, target: 3e6 },
        { ...rate, against: 'TensorBoard event file (float32 only, no index)', rival: events.perSecond },
        { ...size, against: 'rows in SQLite', rival: rows.bytesPerPoint, target: 9 },
        { ...size, against: 'TensorBoard event file', rival: events.bytesPerPoint },
      ] satisfies Row[]
    })
  },
}
