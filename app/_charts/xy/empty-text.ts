import { xTitle } from './axis-layout.ts'
import type { XyData, XyLine } from './xy-data.ts'

/** Words for a chart that has nothing to draw, and why; null when there is something. */
export function scalarEmptyText(data: XyData, lines: XyLine[]): { text: string; hint?: string } | null {
  const has = (line: XyLine) => line.columns.x.length > 0 || line.columns.nonFiniteX.length > 0
  if (lines.some(has)) return null
  if (lines.every((line) => line.columns.total === 0)) {
    const names = [...new Set(lines.map((line) => line.name))]
    return { text: lines.length === 1 ? 'Not logged.' : 'Not logged by any of these runs.', hint: names.slice(0, 3).join(', ') }
  }
  if (data.x.kind === 'metric') return { text: `No point has a value of ${xTitle(data.x)} at the same step.`, hint: 'Choose another x axis.' }
  return { text: 'No points in this range.', hint: 'Double click or reset zoom to see all.' }
}
