import { type ForeignDatabase, isForeignDatabase, openForeign } from '../../../db/sqlite/open-foreign.ts'
import type { Intake } from '../intake/intake.ts'
import type { RunIntake } from '../intake/run-intake.ts'
import type { SourceFile } from '../intake/source-reader.ts'
import { linkMlflowRuns, type MlflowRun, openMlflowRun } from './run.ts'

const ROWS_PER_SETTLE = 2_000

export function isMlflowDatabase(path: string): boolean {
  if (!isForeignDatabase(path)) return false
  try {
    const db = openForeign(path)
    try {
      return (
        ['experiments', 'runs', 'metrics', 'params', 'tags'].every((table) => db.tables.has(table)) &&
        (db.tables.get('runs')?.includes('run_uuid') ?? false)
      )
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

interface RunRow {
  id: string
  name: string | null
  experiment: string
  status: string
  startedAt: number | null
  endedAt: number | null
  user: string | null
  artifacts: string | null
}

export async function readMlflowDatabase(file: SourceFile, intake: Intake): Promise<void> {
  const db = openForeign(file.path)
  try {
    const rows = db.all<RunRow>(
      `SELECT run_uuid AS id, runs.name AS name, experiments.name AS experiment, status, start_time AS startedAt, end_time AS endedAt, user_id AS user,
        artifact_uri AS artifacts FROM runs JOIN experiments USING (experiment_id)
        WHERE runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active' ORDER BY start_time, run_uuid`,
    )
    const [total] = db.all<{ n: number }>('SELECT count(*) AS n FROM runs')
    const deleted = total!.n - rows.length
    if (deleted > 0) intake.note('skipped', `${deleted} deleted ${deleted === 1 ? 'run' : 'runs'}: not imported`, { place: 'in all' })
    const runs = rows.map((row) => {
      const given: MlflowRun = {
        ...row,
        name: row.name ?? '',
        user: row.user ?? '',
        artifacts: row.artifacts ?? '',
        params: pairs(db, 'params', row.id),
        tags: pairs(db, 'tags', row.id),
      }
      return { given, run: openMlflowRun(intake, given) }
    })
    linkMlflowRuns(intake, runs)
    for (const { given, run } of runs) {
      await readMetrics(db, given.id, run, { file, intake })
      if (given.artifacts) run.note('skipped', `artifacts at ${given.artifacts}: not looked at, not imported`, { file: file.name, place: 'in all' })
      await intake.end(run)
    }
  } finally {
    db.close()
  }
}

/** In the order in which they were written. */
async function readMetrics(db: ForeignDatabase, id: string, run: RunIntake, { file, intake }: { file: SourceFile; intake: Intake }): Promise<void> {
  const rows = db.iterate<{ row: number; key: string; value: number; at: number; step: number; isNan: number }>(
    'SELECT rowid AS row, key, value, timestamp AS at, step, is_nan AS isNan FROM metrics WHERE run_uuid = ? ORDER BY rowid',
    id,
  )
  for (const { row, key, value, at, step, isNan } of rows) {
    intake.rows++
    const place = { file: file.name, place: `row ${row} of metrics` }
    if (!run.point(key, step, at, isNan ? Number.NaN : meant(value))) run.badStep(step, place)
    else if (meant(value) !== value) run.note('changed', `${key}: ${value} is how MLflow's database keeps ${meant(value)}`, place)
    if (intake.rows % ROWS_PER_SETTLE === 0) await intake.settle()
  }
}

/** MLflow's database has no infinities: it writes the largest number instead. */
function meant(value: number): number {
  if (value === Number.MAX_VALUE) return Number.POSITIVE_INFINITY
  return value === -Number.MAX_VALUE ? Number.NEGATIVE_INFINITY : value
}

function pairs(db: ForeignDatabase, table: 'params' | 'tags', id: string): Map<string, string> {
  return new Map(
    db
      .all<{ key: string; value: string | null }>(`SELECT key, value FROM ${table} WHERE run_uuid = ? ORDER BY key`, id)
      .map(({ key, value }) => [key, value ?? '']),
  )
}
