import { basename } from 'node:path'
import { dateCell } from '../../core/import/time-cell.ts'
import type { JsonObject } from '../../core/run.ts'
import { type ForeignDatabase, isForeignDatabase, openForeign } from '../../db/sqlite/open-foreign.ts'
import { findFiles } from './intake/find-files.ts'
import type { Intake } from './intake/intake.ts'
import type { RunIntake } from './intake/run-intake.ts'
import type { SourceFile, SourceReader } from './intake/source-reader.ts'
import { parseLenient } from './lenient-json.ts'
import { alertRecord } from './records/alert-record.ts'
import { histogramRecord, textRecord } from './records/media-records.ts'

const ROWS_PER_SETTLE = 1_000

export const trackioReader: SourceReader = {
  kind: 'trackio',
  title: 'trackio databases',
  unit: 'row',
  describe: (count) => `${count} trackio ${count === 1 ? 'database' : 'databases'}`,
  find: async (path) => findFiles(path, (name, file) => /\.(db|sqlite3?)$/i.test(name) && isTrackio(file)),
  read,
}

function isTrackio(path: string): boolean {
  if (!isForeignDatabase(path)) return false
  try {
    const db = openForeign(path)
    try {
      const columns = db.tables.get('metrics')
      return ['timestamp', 'run_name', 'step', 'metrics'].every((column) => columns?.includes(column) ?? false)
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

interface MetricsRow {
  id: number
  run: string
  name: string
  timestamp: string
  step: number
  metrics: Uint8Array | string
}

/** One database is one project. Versions before run ids told runs apart by their names. */
async function read(file: SourceFile, intake: Intake): Promise<void> {
  const db = openForeign(file.path)
  try {
    const project = basename(file.name).replace(/\.(db|sqlite3?)$/i, '')
    const hasIds = db.tables.get('metrics')!.includes('run_id')
    const id = hasIds ? 'run_id' : 'run_name'
    const runs = new Map<string, TrackioRun>()
    const open = (key: string, name: string) => {
      const known = runs.get(key)
      if (known) return known
      const run = new TrackioRun(intake.run(key, { name, project, environment: { writer: 'trackio' } }, { unique: hasIds }), file.name)
      runs.set(key, run)
      return run
    }
    if (db.tables.has('configs')) {
      const column = db.tables.get('configs')!.includes('run_id') ? 'run_id' : 'run_name'
      for (const { run, name, config } of db.all<{ run: string; name: string; config: Uint8Array | string }>(
        `SELECT ${column} AS run, run_name AS name, config FROM configs ORDER BY id`,
      ))
        open(run, name).config(config)
    }
    for (const row of db.iterate<MetricsRow>(`SELECT id, ${id} AS run, run_name AS name, timestamp, step, metrics FROM metrics ORDER BY id`)) {
      intake.rows++
      open(row.run, row.name).row(row)
      if (intake.rows % ROWS_PER_SETTLE === 0) await intake.settle()
    }
    await system(db, id, open, intake)
    alerts(db, id, open)
    const left = ['traces', 'artifacts'].flatMap((table) => {
      const count = db.tables.has(table) ? db.all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]!.n : 0
      return count > 0 ? [`${count} ${table}`] : []
    })
    if (left.length > 0) intake.note('skipped', `${left.join(' and ')}: not imported`, { place: 'in all' })
    for (const run of runs.values()) run.tellLeftOut()
    await intake.settle()
  } finally {
    db.close()
  }
}

type Open = (key: string, name: string) => TrackioRun

async function system(db: ForeignDatabase, id: string, open: Open, intake: Intake): Promise<void> {
  if (!db.tables.has('system_metrics')) return
  const column = db.tables.get('system_metrics')!.includes(id) ? id : 'run_name'
  for (const row of db.iterate<Omit<MetricsRow, 'step'>>(
    `SELECT id, ${column} AS run, run_name AS name, timestamp, metrics FROM system_metrics ORDER BY id`,
  )) {
    intake.rows++
    open(row.run, row.name).system(row)
    if (intake.rows % ROWS_PER_SETTLE === 0) await intake.settle()
  }
}

function alerts(db: ForeignDatabase, id: string, open: Open): void {
  if (!db.tables.has('alerts')) return
  const column = db.tables.get('alerts')!.includes(id) ? id : 'run_name'
  for (const row of db.all<{ run: string; name: string; timestamp: string; title: string; text: string | null; level: string; step: number | null }>(
    `SELECT ${column} AS run, run_name AS name, timestamp, title, text, level, step FROM alerts ORDER BY id`,
  ))
    open(row.run, row.name).run.record(
      alertRecord({ title: row.title, text: row.text ?? '', level: row.level }, row.step ?? 0, dateCell(row.timestamp) ?? 0),
    )
}

class TrackioRun {
  private first: number | null = null
  private readonly leftOut = new Map<string, number>()

  constructor(
    readonly run: RunIntake,
    private readonly file: string,
  ) {}

  config(text: Uint8Array | string): void {
    const whole = object(text)
    if (!whole) return
    const own = Object.fromEntries(Object.entries(whole).filter(([key]) => !key.startsWith('_'))) as JsonObject
    const created = typeof whole._Created === 'string' ? dateCell(whole._Created) : null
    this.run.change({
      config: own,
      group: typeof whole._Group === 'string' ? whole._Group : null,
      startedAt: created,
      seed: typeof own.seed === 'number' && Number.isSafeInteger(own.seed) ? own.seed : null,
      environment: { ...this.run.facts.environment, ...(typeof whole._Username === 'string' && { user: whole._Username }) },
    })
  }

  row({ id, timestamp, step, metrics }: MetricsRow): void {
    const place = { file: this.file, place: `row ${id} of metrics` }
    const values = object(metrics)
    const wall = dateCell(timestamp)
    if (!values) this.run.note('skipped', 'it is no JSON object', place)
    else for (const [name, value] of Object.entries(values)) this.value(name, value, { step, wall, place })
  }

  /** A step for each second since the run began. */
  system({ id, timestamp, metrics }: Omit<MetricsRow, 'step'>): void {
    const values = object(metrics)
    const wall = dateCell(timestamp)
    if (!values || wall === null) {
      this.run.note('skipped', 'it is no JSON object with a time', { file: this.file, place: `row ${id} of system_metrics` })
      return
    }
    this.first ??= this.run.facts.startedAt ?? wall
    const step = Math.max(0, Math.round((wall - this.first) / 1000))
    for (const [name, value] of Object.entries(values)) if (typeof value === 'number') this.run.point(`system/${name}`, step, wall, value)
  }

  tellLeftOut(): void {
    for (const [what, count] of this.leftOut) this.run.note('skipped', `${count} ${what}: not imported`, { file: this.file, place: 'in all' })
  }

  private value(name: string, value: unknown, at: { step: number; wall: number | null; place: { file: string; place: string } }): void {
    const { step, wall, place } = at
    const record = (content: ReturnType<typeof histogramRecord>) => {
      if (typeof content === 'string') this.run.note('skipped', `${name}: ${content}`, place)
      else this.run.record({ name, step, wall: wall ?? 0, ...content })
    }
    if (typeof value === 'number' || typeof value === 'boolean' || value === 'NaN' || value === 'Infinity' || value === '-Infinity') {
      if (!this.run.point(name, step, wall, Number(value))) this.run.badStep(step, place)
    } else if (typeof value === 'string') record(textRecord(value))
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Record<string, unknown>
      const type = fields._type
      if (type === 'trackio.histogram' || type === 'histogram') record(histogramRecord(fields))
      else if (type === undefined && !Array.isArray(value)) for (const [key, inner] of Object.entries(fields)) this.value(`${name}/${key}`, inner, at)
      else {
        const what = typeof type === 'string' ? `of type ${type}` : 'lists of values'
        this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1)
      }
    }
  }
}

function object(text: Uint8Array | string): Record<string, unknown> | null {
  try {
    const value = parseLenient(typeof text === 'string' ? text : Buffer.from(text).toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
