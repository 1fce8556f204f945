import type { Database, Statement } from 'better-sqlite3'
import { inferGoal } from '../../core/metric-name.ts'
import { goalFor } from '../../core/metric-rule.ts'
import type { Goal, MetricRule, Run } from '../../core/run.ts'
import type { MetricColumn, Overview, RunFilter } from '../store.ts'
import type { ChartReader } from './chart-reader.ts'
import type { LineReader } from './line-reader.ts'
import type { ListedRun, RunList } from './run-list.ts'

/** Figures of one cell, in the order of FIELDS. */
type Cell = readonly [n: number, last: number, lastStep: number, min: number, max: number, minStep: number, maxStep: number, nonFinite: number]

const FIELDS = ['n', 'last', 'lastStep', 'min', 'max', 'minStep', 'maxStep', 'nonFinite'] as const

const NONE = Number.NaN
const EMPTY: Cell = [0, NONE, NONE, NONE, NONE, NONE, NONE, 0]
/** Runs whose cells are kept at most, counted over all metrics. */
const CELLS_MAX = 400_000

interface KnownCells {
  rev: number
  lastStep: number
  cells: Map<string, Cell>
}

/** The runs table: runs, and for each metric asked for a column of figures. Unchanged runs cost a look-up each. */
export class OverviewReader {
  private readonly known = new Map<number, KnownCells>()
  private cells = 0
  private names: { key: string; list: Overview['metricNames'] } = { key: '', list: [] }
  private readonly revision: Statement
  private readonly highestSeries: Statement
  private readonly seriesNamed: Statement
  private readonly goalRules: Statement
  private readonly lastSteps: Statement

  constructor(
    private readonly db: Database,
    private readonly runs: RunList,
    private readonly lines: LineReader,
    private readonly charts: ChartReader,
  ) {
    this.revision = db.prepare('SELECT rev FROM meta').pluck()
    this.highestSeries = db.prepare('SELECT max(id) FROM series').pluck()
    this.seriesNamed = db
      .prepare(
        'SELECT run_key, ordered, n, last_value, last_step, min, max, min_step, max_step, non_finite FROM series WHERE name = ? AND run_key BETWEEN ? AND ? ORDER BY run_key',
      )
      .raw()
    // Of the newest attempt that logged: what an earlier one reached beyond it was abandoned.
    this.lastSteps = db
      .prepare(
        `SELECT run_key, max(last_step) FROM series JOIN json_each(?) ON run_key = value
         GROUP BY run_key, attempt ORDER BY run_key, attempt`,
      )
      .raw()
    this.goalRules = db.prepare('SELECT DISTINCT pattern, goal FROM metric_rules WHERE goal IS NOT NULL')
  }

  /** Inside one read transaction. */
  read(filter: RunFilter, metrics: string[]): Overview {
    const listed = this.runs.read(filter)
    const wanted = [...new Set(metrics)]
    this.refresh(listed, wanted)
    const rules = (this.goalRules.all() as MetricRule[]) ?? []
    return {
      rev: this.revision.get() as number,
      runs: listed.map(({ run }) => run),
      lastStep: Float64Array.from(listed, ({ key }) => this.known.get(key)?.lastStep ?? NONE),
      metricNames: this.metricNames(listed),
      metrics: wanted.map((name) => this.column(name, listed, rules)),
    }
  }

  private column(name: string, listed: ListedRun[], rules: MetricRule[]): MetricColumn {
    const columns = FIELDS.map(() => new Float64Array(listed.length))
    // Plain loops: Float64Array.from takes ten times as long, and this is most of the work of an unchanged overview.
    for (let row = 0; row < listed.length; row++) {
      const cell = this.known.get(listed[row]!.key)?.cells.get(name) ?? EMPTY
      for (let i = 0; i < FIELDS.length; i++) columns[i]![row] = cell[i]!
    }
    const goal: Goal | null = rules.length > 0 ? goalFor(rules, name) : inferGoal(name)
    return { name, goal, ...(Object.fromEntries(FIELDS.map((field, i) => [field, columns[i]!])) as Record<(typeof FIELDS)[number], Float64Array>) }
  }

  /** Brings the cells of the runs up to date: one query per metric over the runs that changed. */
  private refresh(listed: ListedRun[], metrics: string[]): void {
    if (this.cells > CELLS_MAX) {
      this.known.clear()
      this.cells = 0
    }
    const stale: number[] = []
    for (const { key, run } of listed) {
      // A fork also changes when its parent does, so it is never taken from memory.
      if (this.known.get(key)?.rev === run.rev && run.parentId === null) continue
      this.known.set(key, { rev: run.rev, lastStep: NONE, cells: new Map() })
      stale.push(key)
    }
    if (stale.length > 0)
      for (const [key, lastStep] of this.lastSteps.all(JSON.stringify(stale)) as [number, number][]) this.known.get(key)!.lastStep = lastStep
    for (const name of metrics) {
      const missing = new Map(listed.filter(({ key }) => !this.known.get(key)!.cells.has(name)).map(({ key, run }) => [key, run]))
      if (missing.size > 0) this.readMetric(name, missing)
    }
  }

  private readMetric(name: string, stale: Map<number, Run>): void {
    const keys = [...stale.keys()]
    let lowest = keys[0]!
    let highest = lowest
    for (const key of keys) {
      if (key < lowest) lowest = key
      if (key > highest) highest = key
    }
    const put = (key: number, cell: Cell) => {
      this.known.get(key)!.cells.set(name, cell)
      this.cells++
    }
    for (const key of keys) put(key, EMPTY)
    for (const row of this.seriesNamed.all(name, lowest, highest) as (number | null)[][]) {
      const key = row[0]!
      const run = stale.get(key)
      if (!run) continue
      // One attempt, no parent, steps in order: the figures the writer keeps are the line's.
      if (run.attempt === 1 && run.parentId === null && row[1] === 1) put(key, row.slice(2).map((figure) => figure ?? NONE) as unknown as Cell)
      else put(key, this.lineCell(run.id, name))
    }
    // A fork may show a metric that only its ancestors logged.
    for (const [key, run] of stale) if (run.parentId !== null) put(key, this.lineCell(run.id, name))
  }

  private lineCell(runId: string, name: string): Cell {
    const summary = this.charts.summary(this.lines.sources(this.lines.lineage(runId), name))
    return FIELDS.map((field) => summary[field] ?? NONE) as unknown as Cell
  }

  /** Names with the number of runs that logged them, most common first. Counted again only when a run or a series came or went. */
  private metricNames(listed: ListedRun[]): Overview['metricNames'] {
    const keys = listed.map(({ key }) => key)
    const key = `${this.highestSeries.get()} ${keys.join(' ')}`
    if (this.names.key !== key) {
      const list = this.db
        .prepare(
          'SELECT name, count(DISTINCT run_key) AS runs FROM series WHERE run_key IN (SELECT value FROM json_each(?)) GROUP BY name ORDER BY runs DESC, name',
        )
        .all(JSON.stringify(keys)) as Overview['metricNames']
      this.names = { key, list }
    }
    return this.names.list
  }
}
