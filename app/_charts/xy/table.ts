import type { ChartTable } from '../chart-kind.ts'
import { xTitle } from './axis-layout.ts'
import { smoothingText } from './smoothing-text.ts'
import type { NonFinite, XyData } from './xy-data.ts'

const KINDS: Record<number, NonFinite> = { 0: 'NaN', 1: '+Inf', 2: '-Inf' }
const VALUES: Record<NonFinite, string> = { NaN: 'NaN', '+Inf': 'Infinity', '-Inf': '-Infinity' }

/** Rows of what is drawn: raw, smoothed, non-finite and superseded points in view. */
export function xyTable(data: XyData): ChartTable {
  const inView = (x: number) => data.view === null || (x >= data.view[0] && x <= data.view[1])
  const rows: (string | number)[][] = []
  for (const { runId, label, name, columns } of data.lines) {
    const push = (kind: string, x: number, step: number | string, wall: number | string, value: number | string) => {
      if (inView(x)) rows.push([runId, label, name, kind, x, step, wall, value])
    }
    for (let i = 0; i < columns.x.length; i++) push('raw', columns.x[i]!, columns.step[i] ?? '', columns.wall[i] ?? '', columns.y[i]!)
    for (let i = 0; i < columns.smoothX.length; i++) push('smoothed', columns.smoothX[i]!, '', '', columns.smoothY[i]!)
    for (let i = 0; i < columns.nonFiniteX.length; i++) push('raw', columns.nonFiniteX[i]!, '', '', VALUES[KINDS[columns.nonFiniteKind[i]!] ?? 'NaN'])
    for (let i = 0; i < columns.abandonedX.length; i++) push('superseded', columns.abandonedX[i]!, '', '', columns.abandonedY[i]!)
  }
  const exact = data.lines.every((line) => line.columns.exact)
  const points = data.lines.reduce((total, line) => total + line.columns.n, 0)
  const comments = [
    `${data.title}, x = ${xTitle(data.x)}, smoothing: ${smoothingText(data.smoothing)}`,
    exact
      ? 'every point of the range'
      : `THINNED: what the chart draws, at most first, lowest, highest and last point per pixel column, of ${points} points; export the run for all of them`,
  ]
  return { comments, header: ['run_id', 'label', 'metric', 'kind', 'x', 'step', 'wall_ms', 'value'], rows }
}
