import type { StudyResult } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'

export interface RowBlock {
  /** null: rows in no group. */
  title: string | null
  /** Keys of variants. */
  rows: string[]
}

/** The shown rows in order, in their groups. Keys that no longer exist are left out; new variants follow at the end. */
export function rowBlocks({ variants, baseline }: StudyResult, { rows, hiddenRows, groups, baselinePosition }: TableSettings): RowBlock[] {
  const shown = variants.map(({ key }) => key).filter((key) => !hiddenRows.includes(key))
  const wanted = rows.filter((key) => shown.includes(key))
  const ordered = [...new Set(wanted), ...shown.filter((key) => !wanted.includes(key))]
  const atItsPlace = wanted.includes(baseline) ? ordered : withBaseline(ordered, baseline, baselinePosition)
  const grouped = groups.map(({ title, rows: members }) => ({
    title,
    rows: members.filter((key, at) => shown.includes(key) && members.indexOf(key) === at),
  }))
  const inGroup = new Set(grouped.flatMap((group) => group.rows))
  const free = atItsPlace.filter((key) => !inGroup.has(key))
  return [{ title: null, rows: free }, ...grouped].filter((block) => block.rows.length > 0)
}

/** First or last, unless the user has put it somewhere by hand. */
function withBaseline(keys: string[], baseline: string, position: TableSettings['baselinePosition']): string[] {
  if (!keys.includes(baseline)) return keys
  const others = keys.filter((key) => key !== baseline)
  return position === 'first' ? [baseline, ...others] : [...others, baseline]
}
