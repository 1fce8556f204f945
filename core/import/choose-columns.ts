import { LossboardError } from '../errors.ts'
import { nearMatches } from '../near-matches.ts'
import { type Columns, ROLES, type Role } from './column-roles.ts'
import { dateCell, timeUnit } from './time-cell.ts'

/** What a person says of columns, over the guesses. */
export interface ColumnChoice {
  step: string | null
  time: string | null
  run: string | null
  /** `COLUMN=ROLE` or `COLUMN=ROLE:NAME`. */
  map: readonly string[]
}

/** The guessed columns with what was chosen. Throws `invalid_option` for a column that is not there or a role that does not exist. */
export function chooseColumns(guessed: Columns, choice: ColumnChoice, rows: readonly (readonly unknown[])[]): Columns {
  const { names } = guessed
  const roles = [...guessed.roles]
  let { stepIsEpoch } = guessed
  const only = (index: number, role: Role) => {
    // One column has such a role: the one that was guessed becomes what it would have been without.
    if (role.role !== 'metric' && role.role !== 'config' && role.role !== 'ignore')
      roles.forEach((other, at) => {
        if (other.role === role.role && at !== index) roles[at] = without(names[at]!, rows, at)
      })
    if (role.role === 'step') stepIsEpoch = false
    roles[index] = role
  }
  const set = (option: string, name: string, make: (index: number) => Role) => {
    const index = find(names, name, option)
    only(index, make(index))
  }
  if (choice.step !== null) set('--step', choice.step, () => ({ role: 'step' }))
  if (choice.time !== null) set('--time', choice.time, (index) => timeRole(names[index]!, rows, index))
  if (choice.run !== null) set('--run', choice.run, () => ({ role: 'run' }))
  for (const entry of choice.map) {
    const equals = entry.lastIndexOf('=')
    if (equals < 1) throw new LossboardError('invalid_option', `--map "${entry}": write COLUMN=ROLE, for example "acc=metric:val/accuracy"`)
    const [role, ...rest] = entry.slice(equals + 1).split(':')
    set('--map', entry.slice(0, equals), (index) => roleNamed(role!, rest.join(':'), { entry, name: names[index]!, index, rows }))
  }
  return { ...guessed, roles, stepIsEpoch }
}

interface Place {
  entry: string
  name: string
  index: number
  rows: readonly (readonly unknown[])[]
}

function roleNamed(role: string, given: string, { entry, name, index, rows }: Place): Role {
  switch (role) {
    case 'step':
    case 'run':
    case 'run-name':
    case 'name':
    case 'value':
      return { role }
    case 'time':
      return timeRole(name, rows, index)
    case 'metric':
    case 'config':
      return { role, name: given || name }
    case 'ignore':
      return { role, why: 'as asked' }
    default:
      throw new LossboardError('invalid_option', `--map "${entry}": no role "${role}"; there is ${ROLES.join(', ')}`)
  }
}

function timeRole(name: string, rows: readonly (readonly unknown[])[], index: number): Role {
  for (const row of rows) {
    const cell = row[index]
    if (cell === '' || cell === null || cell === undefined) continue
    const unit = timeUnit(Number(cell))
    if (unit !== null) return { role: 'time', unit }
    if (typeof cell === 'string' && dateCell(cell) !== null) return { role: 'time', unit: 'text' }
    throw new LossboardError(
      'invalid_option',
      `column "${name}" holds ${JSON.stringify(cell)}, which is no time: write seconds or milliseconds since 1970, or dates like 2026-01-31 12:00:00`,
    )
  }
  throw new LossboardError('invalid_option', `column "${name}" is empty: it holds no time`)
}

/** What a column is that was guessed to be something another one is. */
function without(name: string, rows: readonly (readonly unknown[])[], index: number): Role {
  const isNumeric = rows.every((row) => row[index] === '' || Number.isFinite(Number(row[index])))
  return isNumeric ? { role: 'metric', name } : { role: 'ignore', why: 'another column was chosen' }
}

function find(names: readonly string[], name: string, option: string): number {
  const index = names.indexOf(name)
  if (index >= 0) return index
  const near = nearMatches(name, [...names])
  const listed = names.slice(0, 10).map((one) => `"${one}"`)
  const advice = near.length > 0 ? `did you mean "${near.join('" or "')}"?` : `there is ${listed.join(', ')}${names.length > 10 ? ', …' : ''}`
  throw new LossboardError('invalid_option', `${option}: no column "${name}"; ${advice}`)
}
