import { type Columns, columnOf } from '../../core/import/column-roles.ts'
import { numberCell } from '../../core/import/number-cell.ts'
import { timeCell } from '../../core/import/time-cell.ts'
import type { Json } from '../../core/run.ts'
import type { Intake } from './intake/intake.ts'
import type { RunIntake } from './intake/run-intake.ts'

interface RowPlace {
  file: string
  place: string
}

interface TableRun {
  run: RunIntake
  /** Rows so far: stands for the step where there is none. */
  rows: number
  /** Numbers of each metric so far, in tables of a row for each number. */
  counts: Map<string, number>
  warned: Set<number>
}

/** Takes the rows of a table, whose columns are known, into runs. */
export class TableRows {
  private readonly runs = new Map<string, TableRun>()
  private readonly at: Record<'step' | 'time' | 'run' | 'run-name' | 'name' | 'value' | 'superseded', number>

  /** `forkSteps`: of runs with superseded numbers, the lowest step of one. */
  constructor(
    private readonly intake: Intake,
    private readonly columns: Columns,
    /** Name of the run where no column tells. */
    private readonly defaultName: string,
    private readonly forkSteps: ReadonlyMap<string, number> = new Map(),
    /** Ids of runs are ours, and unlike those of any other source. */
    private readonly uniqueIds = false,
  ) {
    const names = ['step', 'time', 'run', 'run-name', 'name', 'value', 'superseded'] as const
    this.at = Object.fromEntries(names.map((role) => [role, columnOf(columns, role)])) as TableRows['at']
  }

  /** Takes one row. What cannot be read is told with its place. */
  row(cells: readonly unknown[], place: RowPlace): void {
    const { at, columns } = this
    const table = this.run(cells)
    const { run } = table
    const long = at.name >= 0 && at.value >= 0
    const metric = long ? String(cells[at.name] ?? '') : ''
    if (long && metric === '') {
      run.note('skipped', 'the name of its metric is empty', place)
      return
    }
    const step = this.step(cells, table, metric, place)
    if (step === null) return
    const wall = this.time(cells, run, place)
    if (long) {
      const superseded = at.superseded >= 0 && numberCell(cells[at.superseded]) === 1
      this.value(run, metric, cells[at.value], { step, wall, superseded, place, column: at.value })
    }
    columns.roles.forEach((role, column) => {
      if (role.role === 'metric') this.value(run, role.name, cells[column], { step, wall, superseded: false, place, column })
      else if (role.role === 'config') this.config(table, column, role.name, cells[column], place)
    })
  }

  private run(cells: readonly unknown[]): TableRun {
    const { at } = this
    const id = at.run >= 0 ? String(cells[at.run] ?? '') : ''
    const known = this.runs.get(id)
    if (known) return known
    const label = at['run-name'] >= 0 ? String(cells[at['run-name']] ?? '') : ''
    const name = label || (at.run >= 0 ? id : '') || this.defaultName
    const run = this.intake.run(
      this.uniqueIds ? id : `run ${id}`,
      { name, forkStep: this.forkSteps.get(id) ?? null, ...(this.uniqueIds && { id }) },
      { unique: this.uniqueIds },
    )
    const made: TableRun = { run, rows: 0, counts: new Map(), warned: new Set() }
    this.runs.set(id, made)
    return made
  }

  private step(cells: readonly unknown[], table: TableRun, metric: string, place: RowPlace): number | null {
    const { at, columns } = this
    if (at.step < 0) {
      if (at.name < 0) return table.rows++
      const count = table.counts.get(metric) ?? 0
      table.counts.set(metric, count + 1)
      return count
    }
    const step = numberCell(cells[at.step], columns.decimalComma)
    if (typeof step === 'number' && Number.isSafeInteger(step)) return step
    // A line of nothing at all, as at the end of many files, is not worth a word.
    if (cells.every((cell) => cell === '' || cell === null || cell === undefined)) return null
    table.run.badStep(cells[at.step], place)
    return null
  }

  private time(cells: readonly unknown[], run: RunIntake, place: RowPlace): number | null {
    const { at, columns } = this
    const role = at.time >= 0 ? columns.roles[at.time] : undefined
    if (role?.role !== 'time') return null
    const cell = cells[at.time]
    const wall = timeCell(cell, role.unit)
    if (wall === null && cell !== '' && cell !== null && cell !== undefined)
      run.note('changed', `its time ${JSON.stringify(cell).slice(0, 40)} cannot be read: the time of the file stands for it`, place)
    return wall
  }

  private value(
    run: RunIntake,
    metric: string,
    cell: unknown,
    { step, wall, superseded, place, column }: { step: number; wall: number | null; superseded: boolean; place: RowPlace; column: number },
  ): void {
    const value = numberCell(cell, this.columns.decimalComma)
    if (value === 'missing') return
    if (value === 'text') {
      const shown = JSON.stringify(cell) ?? 'undefined'
      run.note('skipped', `${this.columns.names[column]}: ${shown.length > 60 ? `${shown.slice(0, 59)}…` : shown} is no number`, place)
      return
    }
    run.point(metric, step, wall, value, superseded)
  }

  /** The first value counts; that it changes is told once. */
  private config(table: TableRun, column: number, name: string, cell: unknown, place: RowPlace): void {
    if (cell === '' || cell === null || cell === undefined) return
    const { run, warned } = table
    const value = configValue(cell)
    if (!Object.hasOwn(run.facts.config, name)) {
      run.change({ config: { ...run.facts.config, [name]: value } })
      if (name === 'seed' && typeof value === 'number' && Number.isSafeInteger(value)) run.change({ seed: value })
    } else if (!warned.has(column) && JSON.stringify(run.facts.config[name]) !== JSON.stringify(value)) {
      warned.add(column)
      run.note(
        'changed',
        `config ${name} changes from ${JSON.stringify(run.facts.config[name])} to ${JSON.stringify(value)}: the first is kept`,
        place,
      )
    }
  }
}

/** Text that is a number, or true or false, becomes one; `007` stays text. */
export function configValue(cell: unknown): Json {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell)
  if (typeof cell !== 'string') return cell as Json
  const text = cell.trim()
  if (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))) return Number(text)
  if (/^true$/i.test(text)) return true
  if (/^false$/i.test(text)) return false
  return cell
}
