import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { COLUMNS, cellGrid, type HeatmapData } from './cells.ts'
import { heatmapFixtures } from './fixtures.ts'
import { heatmapOption } from './option.ts'
import { BAND } from './ratio-colour.ts'

function summary(data: HeatmapData): string {
  const { cells, range } = cellGrid(data)
  if (cells.length === 0) return `${data.title}: no update ratios.`
  const layers = data.layers.map(({ layer }, row) => {
    const last = cells.findLast((cell) => cell.row === row)
    const now = !last ? 'nothing' : last.nonFinite > 0 ? 'not finite' : Number.isNaN(last.median) ? 'zero' : formatNumber(10 ** last.median, 2)
    return `${layer} ${now}`
  })
  return `Heat map of ${data.title} by layer, steps ${formatNumber(Math.max(0, range[0]))} to ${formatNumber(range[1])}. At the end: ${layers.join('; ')}. 1e-3 is the guide.`
}

function notes(data: HeatmapData): string[] {
  const { cells, steps } = cellGrid(data)
  if (cells.length === 0) return []
  const ratios = cells.filter((cell) => cell.nonFinite === 0 && !Number.isNaN(cell.median))
  const inside = ratios.filter((cell) => cell.median >= BAND[0] && cell.median <= BAND[1]).length
  const said = [
    `Colour: log10 of ‖Δw‖ / ‖w‖ around the guide of 1e-3; ${ratios.length === 0 ? 0 : Math.round((100 * inside) / ratios.length)} % of the cells are in 1e-4…1e-2.`,
  ]
  if (steps > COLUMNS)
    said.push(
      `${formatCount(steps)} measured steps: neighbours are merged into ${COLUMNS} columns; a cell is the median of its ratios, and NaN if any of them is.`,
    )
  if (data.layers.some(({ columns }) => !columns.exact)) {
    const total = data.layers.reduce((sum, { columns }) => sum + columns.n, 0)
    said.push(`Medians are over the lowest, highest, first and last of each stretch, out of ${formatCount(total)} values.`)
  }
  const zeros = cells.filter((cell) => cell.zeros > 0).length
  const bad = cells.filter((cell) => cell.nonFinite > 0).length
  if (zeros > 0) said.push(`${formatCount(zeros)} cells with ratio 0 (nothing moved).`)
  if (bad > 0) said.push(`${formatCount(bad)} cells with NaN or Inf.`)
  return said
}

function table(data: HeatmapData): ChartTable {
  const rows: (string | number)[][] = []
  for (const { layer, columns } of data.layers) {
    columns.x.forEach((step, i) => {
      rows.push([columns.runId, layer, step, columns.y[i]!])
    })
    columns.nonFiniteX.forEach((step, i) => {
      rows.push([columns.runId, layer, step, ['NaN', 'Infinity', '-Infinity'][columns.nonFiniteKind[i]!] ?? 'NaN'])
    })
  }
  const exact = data.layers.every(({ columns }) => columns.exact)
  return {
    comments: [
      `${data.title}: L2 update ratio per layer`,
      exact ? 'every measured step' : 'THINNED to at most four values per column asked for; export the run for all of them',
    ],
    header: ['run_id', 'layer', 'step', 'ratio'],
    rows,
  }
}

export const heatmapKind = {
  id: 'heatmap',
  title: 'Update ratios, layer × step',
  renderer: 'echarts',
  option: heatmapOption,
  summary,
  notes,
  table,
  fixtures: heatmapFixtures,
} satisfies ChartKind<HeatmapData>
