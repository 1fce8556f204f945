import type { ChartKind } from '../chart-kind.ts'
import { xyNotes } from '../xy/notes.ts'
import { xySummary } from '../xy/summary.ts'
import { xyTable } from '../xy/table.ts'
import type { XyData } from '../xy/xy-data.ts'
import { scalarFixtures } from './fixtures.ts'
import { scalarOption } from './option.ts'

export const scalarKind = {
  id: 'scalar',
  title: 'Scalar lines',
  renderer: 'echarts',
  option: scalarOption,
  summary: (data) => xySummary(data, 'Line chart'),
  notes: (data) => xyNotes(data, 'line'),
  table: xyTable,
  fixtures: scalarFixtures,
} satisfies ChartKind<XyData>
