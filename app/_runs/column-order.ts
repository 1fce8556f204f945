import { inferGoal } from '../../core/metric-name.ts'
import { type Field, fieldId } from '../../core/run-fields/field.ts'
import type { SortRule } from '../../core/run-fields/sort-rows.ts'

/** Takes the column `id` out and puts it in front of `before`. */
export function moveColumn(columns: readonly Field[], id: string, before: string): Field[] {
  const moved = columns.find((column) => fieldId(column) === id)
  if (!moved || id === before) return [...columns]
  return columns.filter((column) => fieldId(column) !== id).flatMap((column) => (fieldId(column) === before ? [moved, column] : [column]))
}

/** Puts `by` in the place of `field`; a column that is already shown is not shown twice. */
export function replaceColumn(columns: readonly Field[], field: Field, by: Field): Field[] {
  const changed = columns.map((column) => (fieldId(column) === fieldId(field) ? by : column))
  return changed.filter((column, index) => changed.findIndex((other) => fieldId(other) === fieldId(column)) === index)
}

/** What a click on a heading makes of the sort rules: first time the direction that is useful, then the other, then none. */
export function toggleSort(rules: readonly SortRule[], field: Field, add: boolean): SortRule[] {
  const id = fieldId(field)
  const old = rules.find((rule) => fieldId(rule.field) === id)
  const first = startsDescending(field)
  const next: SortRule | null = !old ? { field, descending: first } : old.descending === first ? { field, descending: !first } : null
  if (!add) return next ? [next] : []
  const kept = rules.flatMap((rule) => (fieldId(rule.field) === id ? (next ?? []) : [rule]))
  return old || !next ? kept : [...kept, next]
}

/** Best, newest and longest first; text from a to z. */
function startsDescending(field: Field): boolean {
  if (field.kind === 'metric') return (inferGoal(field.name) ?? field.figure) !== 'min'
  return field.kind === 'run' && ['created', 'duration', 'steps', 'number', 'attempt', 'dropped'].includes(field.name)
}
