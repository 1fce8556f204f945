import { type Field, severityRank } from './field.ts'
import { type FieldValue, fieldValue } from './field-value.ts'
import type { RunRow } from './run-row.ts'

export interface SortRule {
  field: Field
  descending: boolean
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Rows by the first rule, ties by the next, and so on; rows that tie in all keep their order. In both directions
 * NaN comes after every number and a missing value after NaN, so that a diverged run never looks like the best one.
 */
export function sortRows<Row extends RunRow>(rows: readonly Row[], rules: readonly SortRule[], now: number): Row[] {
  if (rules.length === 0) return [...rows]
  // Read every value once: a comparison sort would ask about seventeen times per row at 10,000 rows.
  const keys = rules.map(({ field }) => rows.map((row) => sortKey(orderValue(row, field, now))))
  const order = rows.map((_, index) => index)
  order.sort((a, b) => {
    for (let rule = 0; rule < rules.length; rule++) {
      const compared = compareKeys(keys[rule]?.[a] ?? MISSING, keys[rule]?.[b] ?? MISSING, rules[rule]?.descending ?? false)
      if (compared !== 0) return compared
    }
    return a - b
  })
  return order.map((index) => rows[index] as Row)
}

/** Findings are ordered by the worst of them. */
function orderValue(row: RunRow, field: Field, now: number): FieldValue {
  if (field.kind !== 'run' || (field.name !== 'finding' && field.name !== 'severity')) return fieldValue(row, field, now)
  const severity = fieldValue(row, { kind: 'run', name: 'severity' }, now)
  return severity === undefined ? undefined : severityRank(severity)
}

/** Rank first (0 values, 1 NaN, 2 missing), then the value; numbers come before text. */
type SortKey = { rank: 0 | 1 | 2; value: number | string }
const MISSING: SortKey = { rank: 2, value: 0 }

function sortKey(value: FieldValue): SortKey {
  if (value === undefined || value === null) return MISSING
  if (typeof value === 'number') return Number.isNaN(value) ? { rank: 1, value: 0 } : { rank: 0, value }
  if (typeof value === 'boolean') return { rank: 0, value: value ? 1 : 0 }
  if (value === 'NaN') return { rank: 1, value: 0 }
  if (value === 'Infinity' || value === '-Infinity') return { rank: 0, value: Number(value) }
  return { rank: 0, value: typeof value === 'string' ? value : JSON.stringify(value) }
}

function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  const compared = compareValues(a.value, b.value)
  return descending ? -compared : compared
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'string' && typeof b === 'string') return COLLATOR.compare(a, b)
  return typeof a === 'number' ? -1 : 1
}
