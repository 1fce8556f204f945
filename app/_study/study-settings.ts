import { sameSetting } from '../../core/ablation/read-table-settings.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'

/** Settings that numbers depend on: the server computes with them. All others are only about looks and are applied here at once. */
const STATISTICAL = [
  'labels',
  'hiddenRows',
  'metrics',
  'spread',
  'alpha',
  'test',
  'correction',
  'compareTo',
  'equivalenceMargins',
] as const satisfies readonly (keyof TableSettings)[]

/** What to ask the server for: of the overrides, those that change numbers, in an order that is always the same. */
export function statisticalSettings(overrides: Partial<TableSettings>): Partial<TableSettings> {
  return Object.fromEntries(STATISTICAL.flatMap((key) => (overrides[key] === undefined ? [] : [[key, overrides[key]]]))) as Partial<TableSettings>
}

/**
 * Settings to draw a table with: those wanted now, but what numbers depend on as the numbers at hand were computed with. A caption never
 * names a test that its p values are not of.
 */
export function drawnSettings(wanted: TableSettings, computedWith: TableSettings): TableSettings {
  return { ...wanted, ...statisticalSettings(computedWith) }
}

/** Whether numbers for the wanted settings are still on their way. */
export function isBehind(wanted: TableSettings, computedWith: TableSettings): boolean {
  return STATISTICAL.some((key) => !sameSetting(wanted[key], computedWith[key]))
}

/** The address's text for overrides; null: none. */
export function settingsText(overrides: Partial<TableSettings>): string | null {
  return Object.keys(overrides).length === 0 ? null : JSON.stringify(overrides)
}
