import { formatNumber } from '../../../core/format-number.ts'
import { xTitle } from './axis-layout.ts'
import { xExtent } from './extent.ts'
import { spanNotes } from './spans.ts'
import type { XyData, XyLine } from './xy-data.ts'

const NAMED = 5

/** The chart in one or two sentences for people who do not see it. */
export function xySummary(data: XyData, what: string): string {
  const extent = xExtent(data.lines)
  if (!extent) return `${data.title}: no points.`
  const span = data.x.kind === 'wall' || data.x.kind === 'relative' ? '' : ` from ${formatNumber(extent[0])} to ${formatNumber(extent[1])}`
  const named = data.lines.slice(0, NAMED).map((line) => `${line.label} ${ending(line)}`)
  const more = data.lines.length > NAMED ? `; and ${data.lines.length - NAMED} more` : ''
  return `${what} of ${data.title} over ${xTitle(data.x)}${span}, ${data.lines.length} series: ${named.join('; ')}${more}.${spanNotes(data).map((note) => ` ${note}`)}`
}

function ending({ columns }: XyLine): string {
  const bad = columns.nonFinite > 0 ? `, ${columns.nonFinite} not finite` : ''
  if (columns.y.length === 0) return `has no finite value${bad}`
  let low = columns.y[0]!
  let high = low
  for (const value of columns.y) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return `ends at ${formatNumber(columns.y[columns.y.length - 1]!)}, lowest ${formatNumber(low)}, highest ${formatNumber(high)}${bad}`
}
