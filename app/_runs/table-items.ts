import type { Field } from '../../core/run-fields/field.ts'
import { groupRows, type RowGroup } from '../../core/run-fields/group-rows.ts'
import { type SortRule, sortRows } from '../../core/run-fields/sort-rows.ts'
import type { TableRow } from './overview-rows.ts'

/** One line of the table. A run with several tags stands in several groups, so a line has its own key. */
export type TableItem =
  | { kind: 'group'; key: string; group: RowGroup<TableRow>; open: boolean }
  | { kind: 'run'; key: string; row: TableRow; grouped: boolean }

interface View {
  matches: (row: TableRow, now: number) => boolean
  sort: readonly SortRule[]
  group: Field | null
  /** Keys of the groups whose runs are shown. */
  open: ReadonlySet<string>
}

/** Filters, sorts and groups; `now` in ms since epoch. */
export function tableItems(rows: readonly TableRow[], view: View, now: number): { items: TableItem[]; matching: TableRow[] } {
  const matching = sortRows(
    rows.filter((row) => view.matches(row, now)),
    view.sort,
    now,
  )
  if (view.group === null) return { items: matching.map((row) => ({ kind: 'run', key: row.run.id, row, grouped: false })), matching }
  const items: TableItem[] = []
  for (const group of groupRows(matching, view.group, view.sort, now)) {
    const open = view.open.has(group.key)
    items.push({ kind: 'group', key: `group:${group.key}`, group, open })
    if (open) for (const row of group.rows) items.push({ kind: 'run', key: `${group.key}:${row.run.id}`, row, grouped: true })
  }
  return { items, matching }
}
