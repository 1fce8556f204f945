import type { TimeUnit } from './time-cell.ts'

/**
 * What a column of a table holds. `metric` and `config` name what it becomes; `name` and `value` are those of tables with a row for each number.
 */
export type Role =
  | { role: 'step' | 'run' | 'run-name' | 'name' | 'value' | 'superseded' }
  | { role: 'time'; unit: TimeUnit }
  | { role: 'metric' | 'config'; name: string }
  | { role: 'ignore'; why: string }

export const ROLES = ['step', 'time', 'run', 'run-name', 'name', 'value', 'metric', 'config', 'ignore'] as const

export interface Columns {
  names: string[]
  roles: Role[]
  /** Numbers are written `0,5`. */
  decimalComma: boolean
  /** Steps are those of this column, which counts epochs. */
  stepIsEpoch: boolean
}

/** Where each role stands; −1: nowhere. */
export function columnOf(columns: Columns, role: Role['role']): number {
  return columns.roles.findIndex((one) => one.role === role)
}

/** How the columns are taken, a line each kind, for people to check. */
export function describeColumns(columns: Columns): string[] {
  const { names, roles, decimalComma, stepIsEpoch } = columns
  const quoted = (index: number) => `"${names[index]}"`
  const at = (role: Role['role']) => roles.flatMap((one, index) => (one.role === role ? [index] : []))
  const [step, time, run, name, value] = (['step', 'time', 'run', 'name', 'value'] as const).map((role) => at(role)[0])
  const renamed = (index: number) => {
    const one = roles[index]!
    return 'name' in one && one.name !== names[index] ? `${quoted(index)} as ${one.name}` : quoted(index)
  }
  const list = (indexes: number[]) => indexes.map(renamed).join(', ')
  const unit = time === undefined ? null : (roles[time] as { unit: TimeUnit }).unit
  const units: Record<TimeUnit, string> = {
    s: 's since 1970',
    ms: 'ms since 1970',
    us: 'µs since 1970',
    ns: 'ns since 1970',
    text: 'dates, UTC where no zone is named',
  }
  const metrics = at('metric')
  const config = at('config')
  const ignored = at('ignore')
  return [
    step === undefined
      ? 'step: no column; the rows of each run are counted from 0'
      : `step: ${quoted(step)}${stepIsEpoch ? ', which counts epochs' : ''}`,
    time === undefined ? 'time: no column; the time of the file stands for it' : `time: ${quoted(time)} (${units[unit!]})`,
    run === undefined ? 'run: no column; the file is one run' : `run: ${quoted(run)}`,
    ...(name !== undefined && value !== undefined ? [`metrics: a row for each number, named by ${quoted(name)}, its value in ${quoted(value)}`] : []),
    ...(metrics.length > 0 ? [`metrics: ${list(metrics)}`] : []),
    ...(config.length > 0 ? [`config: ${list(config)}`] : []),
    ...ignored.map((index) => `left out: ${quoted(index)} (${(roles[index] as { why: string }).why})`),
    ...(decimalComma ? ['numbers have a decimal comma'] : []),
  ]
}
