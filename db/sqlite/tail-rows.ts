import type { Database, Statement } from 'better-sqlite3'

/** −0 as stored in `tail.value`: a REAL column would turn it into 0, a BLOB is kept as it is. */
const NEGATIVE_ZERO = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80])

export type TailCell = number | null | Buffer

/** NULL is NaN; a BLOB is −0. */
function fromTailCell(cell: TailCell): number {
  if (cell === null) return Number.NaN
  return typeof cell === 'number' ? cell : -0
}

export interface TailRow {
  seq: number
  seriesId: number
  step: number
  wall: number
  value: number
}

/** Prepared statements on `tail`. */
export class TailRows {
  private readonly insertRow: Statement
  private readonly deleteRows: Statement
  private readonly select: Statement
  private readonly lowest: Statement
  private readonly countRows: Statement

  constructor(db: Database) {
    this.insertRow = db.prepare('INSERT INTO tail (run_key, attempt, seq, series_id, step, wall, value) VALUES (?, ?, ?, ?, ?, ?, ?)')
    this.deleteRows = db.prepare('DELETE FROM tail WHERE run_key = ? AND attempt = ?')
    this.select = db.prepare('SELECT seq, series_id, step, wall, value FROM tail WHERE run_key = ? AND attempt = ? AND seq >= ? ORDER BY seq').raw()
    this.lowest = db.prepare('SELECT min(seq) FROM tail WHERE run_key = ? AND attempt = ?').pluck()
    this.countRows = db.prepare('SELECT count(*) FROM tail WHERE run_key = ? AND attempt = ?').pluck()
  }

  insert(runKey: number, attempt: number, seq: number, seriesId: number, step: number, wall: number, value: number): void {
    this.insertRow.run(runKey, attempt, seq, seriesId, step, wall, value === 0 && 1 / value < 0 ? NEGATIVE_ZERO : value)
  }

  deleteAll(runKey: number, attempt: number): void {
    this.deleteRows.run(runKey, attempt)
  }

  /** Rows from `seq` on, in the order they arrived. */
  from(runKey: number, attempt: number, seq: number): TailRow[] {
    return (this.select.all(runKey, attempt, seq) as [number, number, number, number, TailCell][]).map((row) => ({
      seq: row[0],
      seriesId: row[1],
      step: row[2],
      wall: row[3],
      value: fromTailCell(row[4]),
    }))
  }

  /** Lowest number in the tail; null when it is empty. */
  first(runKey: number, attempt: number): number | null {
    return this.lowest.get(runKey, attempt) as number | null
  }

  count(runKey: number, attempt: number): number {
    return this.countRows.get(runKey, attempt) as number
  }
}
