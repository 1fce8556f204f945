import { formatCount } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { xTitle } from '../xy/axis-layout.ts'
import { xyScene } from '../xy/scene.ts'
import { xyOption } from '../xy/xy-option.ts'
import { type SeedBandsData, spreadText } from './band-data.ts'
import { seedBandsFixtures } from './fixtures.ts'
import { bandNotes } from './notes.ts'

function table(data: SeedBandsData): ChartTable {
  return {
    comments: [
      `${data.title}, x = ${xTitle(data.x)}: mean over seeds`,
      `low, high: ${spreadText(data.spread, data.level)}; empty where one seed has a value`,
      ...(data.bin === null ? [] : [`BINNED: per ${data.bin} of x the last drawn value of each seed`]),
    ],
    header: ['variant', 'metric', 'x', 'n', 'mean', 'low', 'high'],
    rows: data.lines.flatMap(({ label, name, columns, band }) => {
      const edge = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '' : value)
      return Array.from(columns.x, (x, i) => [label, name, x, band?.n[i] ?? '', columns.y[i]!, edge(band?.low[i]), edge(band?.high[i])])
    }),
  }
}

export const seedBandsKind = {
  id: 'seed-bands',
  title: 'Learning curves with seed bands',
  renderer: 'echarts',
  option: (data, look, size) => xyOption(xyScene(data, 'line', look, size), look),
  summary: (data) =>
    `Line chart of ${data.title}: means over seeds of ${formatCount(data.lines.length)} ${data.lines.length === 1 ? 'variant' : 'variants'}, band ${spreadText(data.spread, data.level)}.`,
  notes: bandNotes,
  table,
  fixtures: seedBandsFixtures,
} satisfies ChartKind<SeedBandsData>
