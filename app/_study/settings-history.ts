import type { TableSettings } from '../../core/ablation/table-settings.ts'

/** What Undo and Redo go through: states of the settings that a person made, oldest first. */
export interface SettingsHistory {
  past: Partial<TableSettings>[]
  future: Partial<TableSettings>[]
}

export const NO_HISTORY: SettingsHistory = { past: [], future: [] }
const MOST = 100

/** Only the changed settings are kept, with what they were before: what another tab changes meanwhile is left alone. */
export function remembered(history: SettingsHistory, before: TableSettings, change: Partial<TableSettings>): SettingsHistory {
  return { past: [...history.past, valuesOf(before, change)].slice(-MOST), future: [] }
}

export function undone(history: SettingsHistory, now: TableSettings): { history: SettingsHistory; change: Partial<TableSettings> } | null {
  const change = history.past.at(-1)
  return change ? { change, history: { past: history.past.slice(0, -1), future: [...history.future, valuesOf(now, change)] } } : null
}

export function redone(history: SettingsHistory, now: TableSettings): { history: SettingsHistory; change: Partial<TableSettings> } | null {
  const change = history.future.at(-1)
  return change ? { change, history: { past: [...history.past, valuesOf(now, change)], future: history.future.slice(0, -1) } } : null
}

function valuesOf(settings: TableSettings, keys: Partial<TableSettings>): Partial<TableSettings> {
  return Object.fromEntries((Object.keys(keys) as (keyof TableSettings)[]).map((key) => [key, settings[key]])) as Partial<TableSettings>
}
