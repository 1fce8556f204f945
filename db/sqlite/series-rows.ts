import type { Database, Statement } from 'better-sqlite3'
import type { SeriesTotals } from './series-state.ts'

/** A `series` row: figures over every point stored in it, superseded ones too. */
export interface SeriesRow extends SeriesTotals {
  id: number
  runKey: number
  attempt: number
  name: string
  rev: number
}

const FIGURES =
  'n, non_finite, ordered, wall_ordered, first_step, last_step, first_wall, last_wall, last_value, min, max, sum, min_step, max_step, rev'

function figureCells(totals: SeriesTotals, rev: number): number[] {
  return [
    totals.n,
    totals.bad,
    Number(totals.ordered),
    Number(totals.wallOrdered),
    totals.firstStep,
    totals.lastStep,
    totals.firstWall,
    totals.valueWall,
    totals.lastValue,
    totals.min,
    totals.max,
    totals.sum,
    totals.minStep,
    totals.maxStep,
    rev,
  ]
}

function toSeriesRow(row: (number | null)[]): SeriesRow {
  const orNaN = (i: number) => row[i] ?? Number.NaN
  return {
    id: row[0]!,
    runKey: row[1]!,
    attempt: row[2]!,
    name: row[3] as unknown as string,
    seq: 0,
    n: row[4]!,
    bad: row[5]!,
    badKinds: 0,
    badStep: Number.NaN,
    ordered: row[6] === 1,
    wallOrdered: row[7] === 1,
    firstStep: row[8]!,
    lastStep: row[9]!,
    firstWall: row[10]!,
    valueWall: row[11]!,
    lastWall: row[11]!,
    lastValue: orNaN(12),
    first: Number.NaN,
    last: orNaN(12),
    min: orNaN(13),
    max: orNaN(14),
    sum: orNaN(15),
    minStep: orNaN(16),
    minWall: Number.NaN,
    maxStep: orNaN(17),
    maxWall: Number.NaN,
    rev: row[18]!,
  }
}

/** Prepared statements on `series`. */
export class SeriesRows {
  private readonly insertRow: Statement
  private readonly updateRow: Statement
  private readonly named: Statement
  private readonly ofAttempt: Statement
  private readonly all: Statement

  constructor(db: Database) {
    const select = `SELECT id, run_key, attempt, name, ${FIGURES} FROM series`
    this.insertRow = db.prepare(`INSERT INTO series (run_key, attempt, name, ${FIGURES}) VALUES (${Array(18).fill('?').join(', ')})`)
    this.updateRow = db.prepare(`UPDATE series SET (${FIGURES}) = (${Array(15).fill('?').join(', ')}) WHERE id = ?`)
    this.named = db.prepare(`${select} WHERE run_key = ? AND name = ? ORDER BY attempt`).raw()
    this.ofAttempt = db.prepare(`${select} WHERE run_key = ? AND attempt = ?`).raw()
    this.all = db.prepare(`${select} WHERE run_key = ? ORDER BY name, attempt`).raw()
  }

  insert(runKey: number, attempt: number, name: string, totals: SeriesTotals, rev: number): number {
    return Number(this.insertRow.run(runKey, attempt, name, ...figureCells(totals, rev)).lastInsertRowid)
  }

  update(id: number, totals: SeriesTotals, rev: number): void {
    this.updateRow.run(...figureCells(totals, rev), id)
  }

  byName(runKey: number, name: string): SeriesRow[] {
    return (this.named.all(runKey, name) as (number | null)[][]).map(toSeriesRow)
  }

  byAttempt(runKey: number, attempt: number): SeriesRow[] {
    return (this.ofAttempt.all(runKey, attempt) as (number | null)[][]).map(toSeriesRow)
  }

  ofRun(runKey: number): SeriesRow[] {
    return (this.all.all(runKey) as (number | null)[][]).map(toSeriesRow)
  }
}
