import type { TableSettings } from '../../core/ablation/table-settings.ts'

/** What every part of the editor gets. */
export interface EditorPart {
  settings: TableSettings
  change: (change: Partial<TableSettings>) => void
}
