import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { RIDGES } from '../shapes/ridge.ts'
import { histogramFixtures } from './fixtures.ts'
import { histogramOption } from './option.ts'
import { DRAWN_BINS, type HistogramData, type HistogramSlice, quantiles, spread, values } from './slices.ts'

const number = (value: number) => formatNumber(value, 4)

function chosen(data: HistogramData): HistogramSlice | undefined {
  return data.view === 'single' ? data.slices[data.index] : data.slices.at(-1)
}

/** `step 400: 10,000 values from −0.3 to 0.31, median 0.002, 12 not finite`. */
function sliceText(slice: HistogramSlice): string {
  const at = quantiles(slice)
  const counted = formatCount(values(slice.histogram))
  const odd = slice.histogram.nonFinite > 0 ? `, ${formatCount(slice.histogram.nonFinite)} more not finite` : ''
  const what = at ? `${counted} values from ${number(at[0]!)} to ${number(at[6]!)}, median ${number(at[3]!)}` : 'no finite value'
  return `step ${formatCount(slice.step)}: ${what}${odd}`
}

function summary(data: HistogramData): string {
  const slice = chosen(data)
  if (!slice) return `${data.title}: no histograms.`
  const what = { bands: 'Quantiles over steps', ridgeline: 'Histograms over steps', single: 'Histogram of one step' }[data.view]
  return `${what} of ${data.title}. ${data.view === 'single' ? 'At' : 'Last,'} ${sliceText(slice)}.`
}

function drawn(data: HistogramData): HistogramSlice[] {
  if (data.view === 'single') return data.slices.slice(data.index, data.index + 1)
  return data.view === 'ridgeline' ? spread(data.slices, RIDGES) : data.slices
}

function notes(data: HistogramData): string[] {
  const slice = chosen(data)
  if (!slice) return []
  const shown = drawn(data).length
  const bins = `Drawn in ${DRAWN_BINS} equal bins; values of a stored bin are spread evenly over it.`
  const views = {
    bands: 'Dark to light: the middle half, the middle 90 %, everything; the line is the median. Quantiles are linear inside a stored bin.',
    ridgeline: `Oldest at the back, each scaled to its own peak; dots are medians. ${bins}`,
    single: `The line is the median. ${bins}`,
  }
  const said = [`${data.view === 'single' ? 'At' : 'Newest,'} ${sliceText(slice)}.`, views[data.view]]
  if (data.view !== 'single' && shown < data.records) said.push(`${formatCount(shown)} of ${formatCount(data.records)} records drawn, evenly spread.`)
  const empty = drawn(data).filter(({ histogram }) => values(histogram) === 0).length
  if (empty > 0 && data.view !== 'single') said.push(`${formatCount(empty)} of them counted no finite value.`)
  if (data.superseded > 0) said.push(`${formatCount(data.superseded)} superseded records are left out.`)
  return said
}

/** Every slice drawn, in its own bins. */
function table(data: HistogramData): ChartTable {
  return {
    comments: [`${data.title}: one row per bin as it is stored`, ...notes(data)],
    header: ['step', 'low', 'high', 'count'],
    rows: drawn(data).flatMap(({ step, histogram }) => [
      ...histogram.counts.map((count, bin) => [step, histogram.edges[bin]!, histogram.edges[bin + 1]!, count]),
      ...(histogram.nonFinite > 0 ? [[step, 'not finite', 'not finite', histogram.nonFinite]] : []),
    ]),
  }
}

export const histogramChartKind = {
  id: 'histogram',
  title: 'Histogram over steps',
  renderer: 'echarts',
  option: histogramOption,
  summary,
  notes,
  table,
  fixtures: histogramFixtures,
} satisfies ChartKind<HistogramData>
