import { truncateMiddle } from '../../../core/truncate-middle.ts'
import { type Look, textWidth } from '../look.ts'
import type { XyData, XyLine } from './xy-data.ts'

const SWATCH = 16
const GAP = 12
const LABEL_MAX = 36
/** More lines than this are counted, not named: the legend would be larger than the chart. */
const NAMED_MAX = 12

export interface LegendItem {
  line: XyLine | null
  text: string
  left: number
  row: number
}

/** Where the entries of an in-picture legend go: rows of swatch + label, wrapped at `width`. */
export function legendItems(data: XyData, look: Look, width: number): LegendItem[] {
  const named = data.lines.slice(0, NAMED_MAX)
  const entries: { line: XyLine | null; text: string }[] = named.map((line) => ({ line, text: truncateMiddle(line.label, LABEL_MAX) }))
  if (data.lines.length > named.length) entries.push({ line: null, text: `and ${data.lines.length - named.length} more` })
  if (entries.length === 1) return []
  let left = 12
  let row = 0
  return entries.map(({ line, text }) => {
    const room = (line ? SWATCH + 5 : 0) + textWidth(text, look.fontSize)
    if (left > 12 && left + room > width - 12) {
      left = 12
      row++
    }
    const item = { line, text, left, row }
    left += room + GAP
    return item
  })
}

export const legendRowHeight = (look: Look) => Math.ceil(look.fontSize * 1.5)

/** Pixels that title and legend take above the plot. */
export function legendHeight(data: XyData, look: Look, width: number): number {
  const items = legendItems(data, look, width)
  const rows = items.length === 0 ? 0 : items.at(-1)!.row + 1
  return Math.ceil(look.fontSize * 1.9) + rows * legendRowHeight(look)
}
