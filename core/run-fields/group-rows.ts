import { type Field, severityRank } from './field.ts'
import { type FieldValue, fieldValue } from './field-value.ts'
import type { RunRow } from './run-row.ts'
import type { SortRule } from './sort-rows.ts'
import { spreadOf } from './spread.ts'

export interface RowGroup<Row extends RunRow = RunRow> {
  /** Unique among the groups. */
  key: string
  /** Undefined for the runs that have no value: they form the last group. */
  value: FieldValue
  rows: Row[]
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Splits rows by a field, keeping their order inside each group. A run with several tags is in the group of each.
 * Groups follow the first sort rule: by their mean when it is a figure, else by their own value; no value comes last.
 */
export function groupRows<Row extends RunRow>(rows: readonly Row[], field: Field, rules: readonly SortRule[], now: number): RowGroup<Row>[] {
  const groups = new Map<string, RowGroup<Row>>()
  for (const row of rows) {
    const value = fieldValue(row, field, now)
    const memberships: FieldValue[] = Array.isArray(value) && field.kind === 'run' ? value : [value ?? undefined]
    for (const membership of memberships) {
      const key = membership === undefined ? 'none' : `=${JSON.stringify(membership)}`
      const group = groups.get(key)
      if (group) group.rows.push(row)
      else groups.set(key, { key, value: membership, rows: [row] })
    }
  }
  return orderGroups([...groups.values()], field, rules[0], now)
}

function orderGroups<Row extends RunRow>(groups: RowGroup<Row>[], field: Field, rule: SortRule | undefined, now: number): RowGroup<Row>[] {
  const means = new Map<string, number>()
  if (rule && ordersGroups(rule.field)) for (const group of groups) means.set(group.key, groupSpread(group.rows, rule.field, now).mean)
  const sign = rule?.descending ? -1 : 1
  const byOwnValue = rule !== undefined && JSON.stringify(rule.field) === JSON.stringify(field) ? sign : 1
  return groups.sort((a, b) => {
    if ((a.value === undefined) !== (b.value === undefined)) return a.value === undefined ? 1 : -1
    const meanA = means.get(a.key) ?? Number.NaN
    const meanB = means.get(b.key) ?? Number.NaN
    if (Number.isNaN(meanA) !== Number.isNaN(meanB)) return Number.isNaN(meanA) ? 1 : -1
    return (meanA < meanB ? -sign : meanA > meanB ? sign : 0) || byOwnValue * compareValues(a.value, b.value)
  })
}

/** The mean start of some runs orders nothing a person asked for. */
function ordersGroups(field: Field): boolean {
  return field.kind !== 'run' || (field.name !== 'created' && field.name !== 'age')
}

function compareValues(a: FieldValue, b: FieldValue): number {
  if (severityRank(a) >= 0 && severityRank(b) >= 0) return severityRank(a) - severityRank(b)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return COLLATOR.compare(String(a), String(b))
}

/** Mean and spread of a field over runs. Only numbers count: text is missing. */
export function groupSpread(rows: readonly RunRow[], field: Field, now: number): ReturnType<typeof spreadOf> {
  return spreadOf(
    rows.map((row) => {
      const value = fieldValue(row, field, now)
      if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
      return typeof value === 'number' ? value : undefined
    }),
  )
}
