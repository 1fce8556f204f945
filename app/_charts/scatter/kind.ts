import type { ChartKind } from '../chart-kind.ts'
import { xyNotes } from '../xy/notes.ts'
import { xySummary } from '../xy/summary.ts'
import { xyTable } from '../xy/table.ts'
import type { XyData } from '../xy/xy-data.ts'
import { scatterFixtures } from './fixtures.ts'
import { scatterOption } from './option.ts'

export const scatterKind = {
  id: 'scatter',
  title: 'Loss scatter and moving average',
  renderer: 'echarts',
  option: scatterOption,
  summary: (data) => xySummary(data, 'Scatter with moving average'),
  notes: (data) => xyNotes(data, 'dots'),
  table: xyTable,
  fixtures: scatterFixtures,
} satisfies ChartKind<XyData>
