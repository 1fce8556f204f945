import type { Columns, Role } from './column-roles.ts'
import { numberCell } from './number-cell.ts'
import { dateCell, type TimeUnit, timeUnit } from './time-cell.ts'

const STEP =
  /^(step|steps|global_?step|_step|iteration|iterations|iter|itr|it|batch|update|updates|trainer\/global_step|train\/global_step|num_steps)$/i
const EPOCH = /^(epoch|epochs|train\/epoch)$/i
const TIME = /^(time|timestamp|_timestamp|wall|wall[_ ]?time|wall_ms|wall_s|date|datetime|created_?at|logged_?at|ts)$/i
const RUN_ID = /^(run_?id|run_?uuid|experiment_?id|trial_?id|run|trial|experiment)$/i
const RUN_NAME = /^(run|run_?name|experiment|experiment_?name|name)$/i
const METRIC_NAME = /^(metric|metric_?name|tag|key|variable|name|series|measure|quantity)$/i
const VALUE = /^(value|values|val|y|metric_?value|scalar|reading)$/i
const CONFIG_PREFIX = /^(config|params?|hparams?|hyperparameters?)[./_]/i
const CONFIG =
  /^(seed|batch_?size|model|arch|architecture|optimizer|optim|dataset|dropout|weight_?decay|momentum|hidden.*|num_?layers|layers|depth|width|scheduler|activation|init|host|device|commit|version)$/i
const ROW_NUMBER = /^(|unnamed: ?\d+|index|\.\.\.1)$/i

interface Seen {
  name: string
  /** Of the cells that hold anything. */
  numbers: number[]
  texts: string[]
  /** Whole numbers that can be steps. */
  whole: number
}

/** Guesses what each column holds, from its name and the first rows. Every guess is shown, and any can be overruled. */
export function guessColumns(names: readonly string[], rows: readonly (readonly unknown[])[], decimalComma = false): Columns {
  const seen = names.map((name, index) => look(name, index, rows, decimalComma))
  const roles: (Role | null)[] = names.map(() => null)
  const take = (index: number, role: Role) => {
    if (index >= 0 && roles[index] === null) roles[index] = role
    return index >= 0
  }
  const free = (pattern: RegExp, test: (column: Seen) => boolean = () => true) =>
    seen.findIndex((column, index) => roles[index] === null && pattern.test(column.name.trim()) && test(column))
  const isNumeric = ({ numbers, texts }: Seen) => numbers.length > 0 && texts.length === 0

  seen.forEach((column, index) => {
    if (column.numbers.length + column.texts.length === 0) take(index, { role: 'ignore', why: 'it is empty' })
  })
  const nameAt = free(METRIC_NAME, ({ texts }) => texts.length > 0)
  const valueAt = free(VALUE, isNumeric)
  const isLong = nameAt >= 0 && valueAt >= 0
  if (isLong) {
    take(nameAt, { role: 'name' })
    take(valueAt, { role: 'value' })
    take(free(/^superseded$/i, isNumeric), { role: 'superseded' })
  }
  take(
    free(STEP, ({ whole, numbers, texts }) => 2 * whole > numbers.length + texts.length),
    { role: 'step' },
  )
  const hasStep = roles.some((role) => role?.role === 'step')
  const stepIsEpoch =
    !hasStep &&
    take(
      free(EPOCH, (column) => isNumeric(column) && column.whole === column.numbers.length),
      { role: 'step' },
    )
  const timeAt = free(TIME, (column) => unitOf(column) !== null)
  if (timeAt >= 0) take(timeAt, { role: 'time', unit: unitOf(seen[timeAt]!)! })
  const idAt = free(RUN_ID)
  if (idAt >= 0) {
    take(idAt, { role: 'run' })
    take(
      free(RUN_NAME, ({ texts }) => texts.length > 0),
      { role: 'run-name' },
    )
  } else
    take(
      free(RUN_NAME, ({ texts }) => texts.length > 0),
      { role: 'run' },
    )
  const runAt = roles.findIndex((role) => role?.role === 'run')

  seen.forEach((column, index) => {
    if (roles[index] !== null) return
    const name = column.name.trim()
    const isSteady = isConstantPerRun(rows, index, runAt)
    if (ROW_NUMBER.test(name)) take(index, { role: 'ignore', why: 'it numbers the rows' })
    else if (CONFIG_PREFIX.test(name) && isSteady) take(index, { role: 'config', name: name.replace(CONFIG_PREFIX, '') })
    else if (CONFIG.test(name) && isSteady) take(index, { role: 'config', name })
    else if (column.texts.length > column.numbers.length)
      take(index, isSteady ? { role: 'config', name } : { role: 'ignore', why: 'it holds text that changes' })
    else if (isLong) take(index, isSteady ? { role: 'config', name } : { role: 'ignore', why: 'each row has one number, in another column' })
    else take(index, { role: 'metric', name })
  })
  return { names: [...names], roles: roles as Role[], decimalComma, stepIsEpoch }
}

function look(name: string, index: number, rows: readonly (readonly unknown[])[], decimalComma: boolean): Seen {
  const column: Seen = { name, numbers: [], texts: [], whole: 0 }
  for (const row of rows) {
    const value = numberCell(row[index], decimalComma)
    if (value === 'text') column.texts.push(String(row[index]))
    else if (value !== 'missing') {
      column.numbers.push(value)
      if (Number.isSafeInteger(value)) column.whole++
    }
  }
  return column
}

/** Unit that most cells of a column of times have; null when it holds none. Seconds since a start are a metric. */
function unitOf({ numbers, texts }: Seen): TimeUnit | null {
  const counts = new Map<TimeUnit, number>()
  const units = [...numbers.map(timeUnit), ...texts.map((text) => (dateCell(text) === null ? null : ('text' as const)))]
  for (const unit of units) if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most && 2 * most[1] > units.length ? most[0] : null
}

function isConstantPerRun(rows: readonly (readonly unknown[])[], index: number, runAt: number): boolean {
  const first = new Map<unknown, unknown>()
  for (const row of rows) {
    const cell = row[index]
    if (cell === undefined || cell === null || cell === '') continue
    const run = runAt < 0 ? '' : row[runAt]
    if (!first.has(run)) first.set(run, cell)
    else if (first.get(run) !== cell) return false
  }
  return true
}
