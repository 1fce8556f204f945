import type { ChartKind } from '../chart-kind.ts'
import { xyNotes } from '../xy/notes.ts'
import { xySummary } from '../xy/summary.ts'
import { xyTable } from '../xy/table.ts'
import type { XyData } from '../xy/xy-data.ts'
import { trainValFixtures } from './fixtures.ts'
import { keepFewPoints, trainValOption } from './option.ts'

export const trainValKind = {
  id: 'train-val',
  title: 'Training and validation',
  renderer: 'echarts',
  option: trainValOption,
  summary: (data) => xySummary(data, 'Training and validation lines'),
  notes: (data) => xyNotes(keepFewPoints(data), 'line'),
  table: (data) => xyTable(keepFewPoints(data)),
  fixtures: trainValFixtures,
} satisfies ChartKind<XyData>
