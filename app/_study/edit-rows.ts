import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { rowBlocks } from '../../core/table/row-order.ts'

/** A row in the editor: hidden ones keep their place. */
export interface EditorRow {
  key: string
  label: string
  hidden: boolean
  isBaseline: boolean
  /** Index of its group; null: in none. */
  group: number | null
  /** Whether it can go up or down within its block. */
  up: boolean
  down: boolean
}

/** All rows in the order of the table, hidden ones among them, block by block. */
export function editorRows(result: StudyResult, settings: TableSettings): EditorRow[] {
  const blocks = rowBlocks(result, { ...settings, hiddenRows: [] })
  const hidden = new Set(settings.hiddenRows)
  const variants = new Map(result.variants.map((variant) => [variant.key, variant]))
  return blocks.flatMap(({ title, rows }) => {
    const group = title === null ? null : settings.groups.findIndex((one) => one.title === title && one.rows.includes(rows[0] ?? ''))
    return rows.map((key, at) => ({
      key,
      label: variants.get(key)?.label ?? key,
      hidden: hidden.has(key),
      isBaseline: key === result.baseline,
      group,
      up: at > 0,
      down: at < rows.length - 1,
    }))
  })
}

/** Puts a row `by` places further within its block, or as near as there are places. */
export function moveRow(result: StudyResult, settings: TableSettings, key: string, by: number): Partial<TableSettings> {
  const block = editorRows(result, settings).filter((row, _, all) => row.group === all.find((one) => one.key === key)?.group)
  const moved = placed(
    block.map((row) => row.key),
    key,
    by,
  )
  const group = block[0]?.group ?? null
  if (group !== null) return { groups: settings.groups.map((one, at) => (at === group ? { ...one, rows: moved } : one)) }
  // Until it is moved itself, the baseline goes where the setting for it says.
  const pinned = key !== result.baseline && !settings.rows.includes(result.baseline)
  const grouped = settings.rows.filter((row) => !moved.includes(row))
  return { rows: [...moved.filter((row) => !(pinned && row === result.baseline)), ...grouped] }
}

/** Places from one row to another of the same block; 0 when they are not in the same one. */
export function placesBetween(rows: readonly EditorRow[], from: string, to: string): number {
  const [a, b] = [rows.find(({ key }) => key === from), rows.find(({ key }) => key === to)]
  return a && b && a.group === b.group ? rows.indexOf(b) - rows.indexOf(a) : 0
}

export function toggleRow(settings: TableSettings, key: string): Partial<TableSettings> {
  return { hiddenRows: settings.hiddenRows.includes(key) ? settings.hiddenRows.filter((row) => row !== key) : [...settings.hiddenRows, key] }
}

/** `label` empty or the study's own: no override. */
export function relabelRow(settings: TableSettings, key: string, label: string, own: string): Partial<TableSettings> {
  const { [key]: _, ...others } = settings.labels
  const text = label.trim()
  return { labels: text === '' || text === own ? others : { ...others, [key]: text } }
}

/** First or last again, also when the baseline was moved by hand. */
export function placeBaseline(result: StudyResult, settings: TableSettings, position: TableSettings['baselinePosition']): Partial<TableSettings> {
  return { baselinePosition: position, rows: settings.rows.filter((key) => key !== result.baseline) }
}

/** `group` null: in none. */
export function groupRow(settings: TableSettings, key: string, group: number | null): Partial<TableSettings> {
  return {
    groups: settings.groups.map((one, at) => {
      const rest = one.rows.filter((row) => row !== key)
      return at === group ? { ...one, rows: [...rest, key] } : { ...one, rows: rest }
    }),
  }
}

export function addGroup(settings: TableSettings, title: string): Partial<TableSettings> {
  return { groups: [...settings.groups, { title, rows: [] }] }
}

export function renameGroup(settings: TableSettings, group: number, title: string): Partial<TableSettings> {
  return { groups: settings.groups.map((one, at) => (at === group ? { ...one, title } : one)) }
}

export function removeGroup(settings: TableSettings, group: number): Partial<TableSettings> {
  return { groups: settings.groups.filter((_, at) => at !== group) }
}

/** The list with one item `by` places further. */
export function placed<Item>(list: readonly Item[], item: Item, by: number): Item[] {
  const from = list.indexOf(item)
  if (from < 0) return [...list]
  const rest = list.filter((one) => one !== item)
  const to = Math.max(0, Math.min(rest.length, from + by))
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}
