import { formatCount, formatNumber } from '../../../core/format-number.ts'
import { LOG10_RATIO } from '../../../core/kinds/histogram.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { RIDGES } from '../shapes/ridge.ts'
import { ratioHistogramFixtures } from './fixtures.ts'
import { ratioHistogramOption } from './option.ts'
import { COUNTERS, elements, medianLog, mergeSlices, type RatioHistogramData, type Slice } from './slices.ts'

/** `3.1 % zero update, none below 1e-8 …`: always all five, so that nothing uncounted goes unsaid. */
export function counterText(slice: Slice): string {
  const total = elements(slice.histogram)
  const share = (count: number) => (count === 0 ? '0' : `${formatNumber((100 * count) / total, 2)} %`)
  return COUNTERS.map(([key, label]) => `${label} ${share(slice.histogram[key])}`).join(' · ')
}

function stepsText(slice: Slice): string {
  return slice.merged === 1
    ? `step ${formatCount(slice.firstStep)}`
    : `steps ${formatCount(slice.firstStep)}–${formatCount(slice.lastStep)}, ${slice.merged} records added`
}

function chosen(data: RatioHistogramData): Slice | undefined {
  return data.view === 'single' ? data.slices[data.index] : data.slices.at(-1)
}

const medianText = (slice: Slice) => {
  const median = medianLog(slice.histogram)
  if (median === Number.NEGATIVE_INFINITY) return '0'
  return Number.isNaN(median) ? 'none' : formatNumber(10 ** median, 2)
}

function summary(data: RatioHistogramData): string {
  const slice = chosen(data)
  if (!slice) return `${data.title}: no histograms.`
  const where = data.view === 'single' ? `at ${stepsText(slice)}` : `over ${data.slices.length} slices up to step ${formatCount(slice.lastStep)}`
  return `Histogram of log10 update ratios of ${data.layer} ${where}. Median ${medianText(slice)}, guide 1e-3. ${counterText(slice)}.`
}

function notes(data: RatioHistogramData): string[] {
  const slice = chosen(data)
  if (!slice) return []
  const ridges = mergeSlices(data.slices, RIDGES)
  const said =
    data.view === 'single'
      ? [`${stepsText(slice)}: median ${medianText(slice)} (line).`]
      : [
          `${ridges.length} slices of ${formatCount(data.records - data.otherLayout)} records${ridges.length < data.records - data.otherLayout ? ', neighbours added' : ''}; oldest at the back, each scaled to its own peak; dots are medians.`,
          `Latest (${stepsText(slice)}): median ${medianText(slice)}.`,
        ]
  said.push(`Not in bins: ${counterText(slice)} (of ${formatCount(elements(slice.histogram))} weights).`)
  if (data.otherLayout > 0) said.push(`${formatCount(data.otherLayout)} records of another layout are not shown.`)
  return said
}

function table(data: RatioHistogramData): ChartTable {
  const slices = data.view === 'single' ? data.slices.slice(data.index, data.index + 1) : mergeSlices(data.slices, RIDGES)
  const width = (LOG10_RATIO.high - LOG10_RATIO.low) / LOG10_RATIO.bins
  const edges = Array.from({ length: LOG10_RATIO.bins }, (_, bin) => `log10_${(LOG10_RATIO.low + bin * width).toFixed(3)}`)
  return {
    comments: [
      `${data.title}: counts per bin of 1/8 decade; columns are named by the lower edge of log10(|dw|/|w|)`,
      'neighbouring records may be added (column records)',
    ],
    header: ['layer', 'first_step', 'last_step', 'records', ...COUNTERS.map(([key]) => key), ...edges],
    rows: slices.map(({ firstStep, lastStep, merged, histogram }) => [
      data.layer,
      firstStep,
      lastStep,
      merged,
      ...COUNTERS.map(([key]) => histogram[key]),
      ...histogram.counts,
    ]),
  }
}

export const ratioHistogramKind = {
  id: 'ratio-histogram',
  title: 'Update ratio histogram',
  renderer: 'echarts',
  option: ratioHistogramOption,
  summary,
  notes,
  table,
  fixtures: ratioHistogramFixtures,
} satisfies ChartKind<RatioHistogramData>
