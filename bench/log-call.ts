/** What one `run.log` costs the training thread, against the cheapest thing possible and the most obvious one. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { init } from '../trainer/index.ts'
import type { Benchmark, Row } from './row.ts'
import { SAMPLE_METRICS, sampleValue } from './sample-metrics.ts'
import { inTempFolder, median } from './temp-folder.ts'

const REPEATS = 7

/** ns per call of `call(step)`, the median of several rounds; the loop yields between rounds so that nobody is starved. */
async function nanosecondsPerCall(calls: number, call: (step: number) => void): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < REPEATS; round++) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < calls; i++) call(round * calls + i)
    rounds.push(Number(process.hrtime.bigint() - start) / calls)
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
  return median(rounds)
}

/** A run whose journal is in the folder, as one that logs to a server has. */
function journaled(folder: string) {
  const before = process.env.LOSSBOARD_DIR
  process.env.LOSSBOARD_DIR = join(folder, 'journal.db')
  try {
    return init({ project: 'bench', mode: 'offline', quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
  } finally {
    if (before === undefined) delete process.env.LOSSBOARD_DIR
    else process.env.LOSSBOARD_DIR = before
  }
}

async function measure(folder: string, metrics: number, calls: number): Promise<{ log: number; journal: number; map: number; insert: number }> {
  const names = SAMPLE_METRICS.slice(0, metrics)
  const values = Object.fromEntries(names.map((name, index) => [name, sampleValue(index, 1)])) as Record<string, number>
  const first = names[0] as string

  const run = init({
    project: 'bench',
    dir: join(folder, `log-${metrics}.db`),
    quiet: true,
    captureConsole: false,
    systemMetrics: false,
    saveGit: false,
  })
  const log = await nanosecondsPerCall(calls, (step) => {
    values[first] = step
    run.log(values, step)
  })
  await run.finish()

  const offline = journaled(folder)
  const journal = await nanosecondsPerCall(calls, (step) => {
    values[first] = step
    offline.log(values, step)
  })
  await offline.finish()

  const map = new Map<string, number>()
  const mapSet = await nanosecondsPerCall(calls, (step) => {
    values[first] = step
    for (const name of names) map.set(name, values[name] as number)
  })

  const database = new Database(join(folder, `insert-${metrics}.db`))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec('CREATE TABLE points (name TEXT, step INTEGER, wall REAL, value REAL)')
  const insert = database.prepare('INSERT INTO points VALUES (?, ?, ?, ?)')
  const insertAll = database.transaction((step: number) => {
    for (const name of names) insert.run(name, step, Date.now(), values[name])
  })
  const inserted = await nanosecondsPerCall(Math.ceil(calls / 50), (step) => insertAll(step))
  database.close()
  return { log, journal, map: mapSet, insert: inserted }
}

export const logCall: Benchmark = {
  id: 'log-call',
  title: 'Cost of one log call',
  async run() {
    const rows: Row[] = []
    for (const [metrics, calls, target] of [
      [1, 200_000, 500],
      [10, 40_000, undefined],
    ] as const) {
      const cost = await inTempFolder((folder) => measure(folder, metrics, calls))
      const what = `log call, ${metrics} metric${metrics > 1 ? 's' : ''}`
      const common = { what, value: cost.log, unit: 'ns', better: 'lower' as const }
      rows.push({ ...common, against: metrics === 1 ? 'Map.set' : '10 × Map.set', rival: cost.map, ...(target === undefined ? {} : { target }) })
      rows.push({ ...common, against: 'synchronous SQLite insert', rival: cost.insert })
      rows.push({ ...common, what: `${what}, to a server`, value: cost.journal, against: 'to a store', rival: cost.log })
    }
    return rows
  },
}
