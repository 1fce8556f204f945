import type { Run } from '../../core/run.ts'
import type { TableItem } from './table-items.ts'

/** What a line can ask the page to do. One object for all lines that stays the same, so that lines need not be drawn again. */
export interface RowHandlers {
  activate(index: number): void
  select(item: TableItem, range: boolean): void
  toggleGroup(key: string): void
  rename(run: Run): void
  /** `name` null: left as it was. */
  renamed(run: Run, name: string | null): void
  editTags(runs: Run[]): void
  editNotes(run: Run): void
  setArchived(runs: Run[], archived: boolean): void
  remove(runs: Run[]): void
  makeStudy(runs: Run[]): void
  copyId(run: Run): void
  open(run: Run): void
  compare(runs: Run[]): void
  readOnly: boolean
}
