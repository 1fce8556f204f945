import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { cellGrid, columnsOf, type HeatmapData } from './cells.ts'
import { heatmapFixtures } from './fixtures.ts'
import { heatmapOption } from './option.ts'
import { quantityOf } from './quantities.ts'
import { markNote, markSummary, markText } from './row-mark.ts'
import { cellKind, colourRange, placeLabel } from './scale.ts'

/** Layers that the sentence for screen readers names. */
const LAYERS_SAID = 12

function summary(data: HeatmapData): string {
  const { cells, range } = cellGrid(data)
  const { noun, scale } = quantityOf(data.quantity)
  if (cells.length === 0) return `${data.title}: no ${noun}s.`
  const layers = data.layers.slice(0, LAYERS_SAID).map(({ layer }, row) => {
    const last = cells.findLast((cell) => cell.row === row)
    const now = !last ? 'nothing' : last.nonFinite > 0 ? 'not finite' : Number.isNaN(last.median) ? 'zero' : formatNumber(last.value, 2)
    return `${layer} ${now}`
  })
  const more = data.layers.length > LAYERS_SAID ? `; and ${data.layers.length - LAYERS_SAID} more layers` : ''
  const guide = scale.guide === null ? '' : ` ${placeLabel(scale, scale.guide)} is the guide.`
  return `Heat map of ${data.title}, ${noun} by layer, steps ${formatNumber(Math.max(0, range[0]))} to ${formatNumber(range[1])}. At the end: ${layers.join('; ')}${more}.${guide}${markSummary(data.layers, LAYERS_SAID)}`
}

function notes(data: HeatmapData): string[] {
  const { cells, gaps, steps } = cellGrid(data)
  if (cells.length === 0) return []
  const { meaning, noun, scale, zero } = quantityOf(data.quantity)
  const values = cells.filter((cell) => cellKind(cell) === 'value')
  const said = [`Colour: ${meaning}${bandText(values, scale.band)}.`]
  const { low, high } = colourRange(scale, cells)
  said.push(...markNote(data.layers))
  const outside = values.filter((cell) => cell.median < low || cell.median > high).length
  if (outside > 0) said.push(`${cellsText(outside)} beyond the ends of the scale, in the colour of the end.`)
  if (steps > columnsOf(data))
    said.push(
      `${formatCount(steps)} measured steps: neighbours are merged into ${columnsOf(data)} columns; a cell is the median of its ${noun}s, and NaN if any of them is.`,
    )
  if (data.layers.some(({ columns }) => !columns.exact)) {
    const total = data.layers.reduce((sum, { columns }) => sum + columns.n, 0)
    said.push(`Medians are over the lowest, highest, first and last of each stretch, out of ${formatCount(total)} values.`)
  }
  const zeros = cells.filter((cell) => cell.zeros > 0).length
  const bad = cells.filter((cell) => cell.nonFinite > 0).length
  if (zeros > 0) said.push(`${cellsText(zeros)} ${zero.note}.`)
  if (bad > 0) said.push(`${cellsText(bad)} with NaN or Inf.`)
  if (gaps.length > 0) said.push(`${formatCount(gaps.length)} ${gaps.length === 1 ? 'place' : 'places'} without a measurement.`)
  return said
}

const cellsText = (n: number) => `${formatCount(n)} ${n === 1 ? 'cell' : 'cells'}`

function bandText(values: { median: number }[], band: readonly [number, number] | null): string {
  if (!band) return ''
  const inside = values.filter(({ median }) => median >= band[0] && median <= band[1]).length
  return `; ${values.length === 0 ? 0 : Math.round((100 * inside) / values.length)} % of the cells are in 1e${band[0]}…1e${band[1]}`
}

function table(data: HeatmapData): ChartTable {
  const rows: (string | number)[][] = []
  const marked = data.layers.some(({ mark }) => mark)
  for (const { layer, columns, mark } of data.layers) {
    const verdict = marked ? [mark?.level ?? '', mark?.factor ?? ''] : []
    columns.x.forEach((step, i) => {
      rows.push([columns.runId, layer, step, columns.y[i]!, ...verdict])
    })
    columns.nonFiniteX.forEach((step, i) => {
      rows.push([columns.runId, layer, step, ['NaN', 'Infinity', '-Infinity'][columns.nonFiniteKind[i]!] ?? 'NaN', ...verdict])
    })
  }
  const exact = data.layers.every(({ columns }) => columns.exact)
  return {
    comments: [
      `${data.title}: ${quantityOf(data.quantity).noun} per layer`,
      exact ? 'every measured step' : 'THINNED to at most four values per column asked for; export the run for all of them',
      ...(marked ? ['verdict and learning_rate_factor are of the layer as a whole, the same in each of its rows; empty: none'] : []),
      ...data.layers.flatMap(({ layer, mark }) => (mark ? [`${layer}: ${markText(mark).join(' ')}`] : [])),
    ],
    header: ['run_id', 'layer', 'step', data.quantity.replaceAll('-', '_'), ...(marked ? ['verdict', 'learning_rate_factor'] : [])],
    rows,
  }
}

export const heatmapKind = {
  id: 'heatmap',
  title: 'Heat map, layer × step',
  renderer: 'echarts',
  option: heatmapOption,
  summary,
  notes,
  table,
  fixtures: heatmapFixtures,
} satisfies ChartKind<HeatmapData>
