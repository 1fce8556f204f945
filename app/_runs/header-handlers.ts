import type { Field } from '../../core/run-fields/field.ts'

/** What a heading can ask the page to do. */
export interface HeaderHandlers {
  /** Ascending, descending, not at all, in turn. `add` keeps the other sort rules. */
  toggleSort(field: Field, add: boolean): void
  sortBy(field: Field, descending: boolean): void
  groupBy(field: Field): void
  /** Exchanges it with its neighbour: −1 left, 1 right. */
  move(field: Field, by: -1 | 1): void
  /** Puts the column `id` in front of the column `before`. */
  moveTo(id: string, before: string): void
  hide(field: Field): void
  widen(field: Field, by: number): void
  resetWidth(field: Field): void
  /** Puts another column in the place of this one (another figure of the same metric). */
  replace(field: Field, by: Field): void
}
