import type { Database, Statement } from 'better-sqlite3'
import type { SpanSummary } from '../../core/span.ts'
import type { EncodedSpan } from '../../core/span-codec.ts'
import { valuesOf } from '../../core/span-codec.ts'

/** Points of a full span: a size that keeps a decode short and the pages full. */
export const SPAN_POINTS = 1024
/** Spans (or nodes) merged into one node of the next level. */
export const FAN_OUT = 4

const SUMMARY_COLUMNS =
  'seq, n, bad, bad_kinds, bad_step, first_step, last_step, ordered, wall_ordered, first_wall, last_wall, first, last, min, max, sum, min_step, min_wall, max_step, max_wall'

type Cell = number | null

function summaryCells(summary: SpanSummary): number[] {
  // NaN is stored as NULL by the driver, which is what "none" and "not a number" mean in these columns.
  return [
    summary.seq,
    summary.n,
    summary.bad,
    summary.badKinds,
    summary.badStep,
    summary.firstStep,
    summary.lastStep,
    Number(summary.ordered),
    Number(summary.wallOrdered),
    summary.firstWall,
    summary.lastWall,
    summary.first,
    summary.last,
    summary.min,
    summary.max,
    summary.sum,
    summary.minStep,
    summary.minWall,
    summary.maxStep,
    summary.maxWall,
  ]
}

/** A packed span without its wall times. */
export interface NearSpan {
  n: number
  firstStep: number
  lastStep: number
  stride: number | null
  steps: Uint8Array | null
  vals: Uint8Array
}

const orNaN = (cell: Cell | undefined) => cell ?? Number.NaN

/** A stored span or node: its place and its summary. */
export interface SpanNode extends SpanSummary {
  id: number
  seriesId: number
  level: number
}

function toNode(row: Cell[]): SpanNode {
  return {
    id: row[0]!,
    seriesId: row[1]!,
    level: row[2]!,
    seq: row[3]!,
    n: row[4]!,
    bad: row[5]!,
    badKinds: row[6]!,
    badStep: orNaN(row[7]),
    firstStep: row[8]!,
    lastStep: row[9]!,
    ordered: row[10] === 1,
    wallOrdered: row[11] === 1,
    firstWall: row[12]!,
    lastWall: row[13]!,
    first: orNaN(row[14]),
    last: orNaN(row[15]),
    min: orNaN(row[16]),
    max: orNaN(row[17]),
    sum: row[18] ?? Number.NaN,
    minStep: orNaN(row[19]),
    minWall: orNaN(row[20]),
    maxStep: orNaN(row[21]),
    maxWall: orNaN(row[22]),
  }
}

/** Prepared statements on `spans`: the hot paths of the writer and the chart reader. */
export class SpanRows {
  private readonly insertRow: Statement
  private readonly updateRow: Statement
  private readonly inRange: Statement
  private readonly afterSeq: Statement
  private readonly lastOf: Statement
  private readonly floorStep: Statement
  private readonly countRange: Statement
  private readonly top: Statement
  private readonly columns: Statement
  private readonly upTo: Statement
  private readonly after: Statement
  private readonly at: Statement
  private readonly next: Statement

  constructor(db: Database) {
    const nodes = `SELECT id, series_id, level, ${SUMMARY_COLUMNS} FROM spans`
    const marks = (n: number) => Array(n).fill('?').join(', ')
    this.insertRow = db.prepare(`INSERT INTO spans (series_id, level, ${SUMMARY_COLUMNS}, stride, steps, walls, vals) VALUES (${marks(26)})`)
    this.updateRow = db.prepare(
      `UPDATE spans SET (${SUMMARY_COLUMNS}, stride, steps, walls, vals) = (${marks(24)}) WHERE id = ? AND series_id = ? AND level = 0`,
    )
    this.inRange = db
      .prepare(
        `${nodes} WHERE series_id = ? AND level = ? AND first_step BETWEEN ? AND ? AND last_step >= ? AND seq >= ? AND seq < ? ORDER BY first_step, seq`,
      )
      .raw()
    this.afterSeq = db.prepare(`${nodes} WHERE series_id = ? AND level = ? AND seq >= ? ORDER BY seq`).raw()
    this.lastOf = db.prepare(`${nodes} WHERE series_id = ? AND level = ? ORDER BY seq DESC LIMIT 1`).raw()
    this.floorStep = db.prepare('SELECT max(first_step) FROM spans WHERE series_id = ? AND level = ? AND first_step <= ?').pluck()
    this.countRange = db.prepare('SELECT count(*) FROM spans WHERE series_id = ? AND level = ? AND first_step BETWEEN ? AND ?').pluck()
    this.top = db.prepare('SELECT max(level) FROM spans WHERE series_id = ?').pluck()
    this.columns = db.prepare('SELECT stride, steps, walls, vals FROM spans WHERE id = ?')
    const packed = 'SELECT n, first_step AS firstStep, last_step AS lastStep, stride, steps, vals FROM spans WHERE series_id = ? AND level = 0'
    this.upTo = db.prepare(`${packed} AND first_step <= ? ORDER BY first_step DESC LIMIT ?`)
    this.after = db.prepare(`${packed} AND first_step > ? ORDER BY first_step LIMIT ?`)
    this.at = db
      .prepare(
        'SELECT n, first_step, last_step, stride, vals FROM spans WHERE series_id = ? AND level = 0 AND first_step <= ? ORDER BY first_step DESC LIMIT 1',
      )
      .raw()
    this.next = db.prepare('SELECT n, vals FROM spans WHERE series_id = ? AND level = 0 AND first_step > ? ORDER BY first_step LIMIT 1').raw()
  }

  /** Returns the id of the new row. */
  insert(seriesId: number, level: number, summary: SpanSummary, columns: EncodedSpan | null): number {
    const { lastInsertRowid } = this.insertRow.run(
      seriesId,
      level,
      ...summaryCells(summary),
      columns?.stride ?? null,
      columns?.steps ?? null,
      columns?.walls ?? null,
      columns?.vals ?? null,
    )
    return Number(lastInsertRowid)
  }

  /** Writes the open span again, longer. False when it is no longer there. */
  update(id: number, seriesId: number, summary: SpanSummary, columns: EncodedSpan): boolean {
    return this.updateRow.run(...summaryCells(summary), columns.stride, columns.steps, columns.walls, columns.vals, id, seriesId).changes === 1
  }

  /** Nodes of a level that hold steps in [low, high], by first step; `seq` in [fromSeq, toSeq). */
  range(seriesId: number, level: number, low: number, high: number, fromSeq: number, toSeq: number, ordered: boolean): SpanNode[] {
    // In an ordered series the node before the first that begins in the range is the only earlier one that can reach into it.
    const start = ordered ? this.floor(seriesId, level, low) : Number.NEGATIVE_INFINITY
    return (this.inRange.all(seriesId, level, start, high, low, fromSeq, toSeq) as Cell[][]).map(toNode)
  }

  /** Nodes of a level logged from `seq` on, in the order they were logged. */
  from(seriesId: number, level: number, seq: number): SpanNode[] {
    return (this.afterSeq.all(seriesId, level, seq) as Cell[][]).map(toNode)
  }

  newest(seriesId: number, level: number): SpanNode | null {
    const row = this.lastOf.get(seriesId, level) as Cell[] | undefined
    return row ? toNode(row) : null
  }

  /** Highest first step ≤ step at a level; −Infinity when there is none. */
  floor(seriesId: number, level: number, step: number): number {
    return (this.floorStep.get(seriesId, level, step) as number | null) ?? Number.NEGATIVE_INFINITY
  }

  count(seriesId: number, level: number, low: number, high: number): number {
    return this.countRange.get(seriesId, level, low, high) as number
  }

  /** Highest level of a series; −1 when nothing is packed yet. */
  topLevel(seriesId: number): number {
    return (this.top.get(seriesId) as number | null) ?? -1
  }

  /** Of an ordered series, the spans that begin at or before `step`, last first; or (1) the one around it and those after it. */
  near(seriesId: number, step: number, direction: -1 | 1, limit: number): NearSpan[] {
    // One row is the common case, and get() costs half of what all() does.
    const fetch = (statement: Statement, most: number) =>
      (most === 1 ? [statement.get(seriesId, step, 1)].filter((row) => row !== undefined) : statement.all(seriesId, step, most)) as NearSpan[]
    if (direction < 0) return fetch(this.upTo, limit)
    const around = fetch(this.upTo, 1).filter((span) => span.lastStep > step)
    return around.length >= limit ? around : [...around, ...fetch(this.after, limit)]
  }

  /** Of an ordered series, the values of the span that holds `step`, and the index of its point; null when that takes more than a look. */
  valuesAt(seriesId: number, step: number): { values: Float32Array | Float64Array; at: number } | null {
    const row = this.at.get(seriesId, step) as [number, number, number, number | null, Uint8Array] | undefined
    if (!row) return null
    const [n, firstStep, lastStep, stride, vals] = row
    const at = step === lastStep ? n - 1 : stride ? (step - firstStep) / stride : Number.NaN
    return Number.isInteger(at) && at < n ? { values: valuesOf(vals, n), at } : null
  }

  /** The values of the first span that begins after `step`. */
  valuesAfter(seriesId: number, step: number): Float32Array | Float64Array | null {
    const row = this.next.get(seriesId, step) as [number, Uint8Array] | undefined
    return row ? valuesOf(row[1], row[0]) : null
  }

  encoded(id: number): EncodedSpan {
    return this.columns.get(id) as EncodedSpan
  }
}
