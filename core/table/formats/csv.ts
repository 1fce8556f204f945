import type { StudyResult } from '../../ablation/study-result.ts'
import { csvTextCell } from '../../csv-cell.ts'
import type { Computed } from '../../stats/computed.ts'
import { type Cell, cellText, plainText } from '../table-document.ts'
import { columnTitles } from './column-titles.ts'
import type { TableFormat } from './table-format.ts'

/** The table as it is shown, with value and spread in cells of their own so that a spreadsheet reads numbers. */
export const csvFormat: TableFormat = {
  id: 'csv',
  title: 'CSV as displayed',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  write: ({ document }) => {
    const rows = document.lines.flatMap((line) => (line.kind === 'row' ? [line.cells] : []))
    const parts = document.columns.map((_, at) => columnParts(rows.flatMap((row) => row[at] ?? [])))
    const titles = columnTitles(document).flatMap((title, at) =>
      (parts[at] ?? ['value']).map((part) => (part === 'value' ? title : `${title} ${part}`)),
    )
    const text = rows.map((row) => row.flatMap((cell, at) => (parts[at] ?? ['value']).map((part) => partText(cell, part))).join(','))
    return [titles.map(csvTextCell).join(','), ...text, ''].join('\r\n')
  },
}

type Part = 'value' | 'spread' | 'low' | 'high'

function columnParts(cells: Cell[]): Part[] {
  const some = (has: (cell: Extract<Cell, { kind: 'measure' }>) => boolean) => cells.some((cell) => cell.kind === 'measure' && has(cell))
  return [
    'value',
    ...(some((cell) => cell.spread !== null) ? (['spread'] as const) : []),
    ...(some((cell) => cell.interval !== null) ? (['low', 'high'] as const) : []),
  ]
}

function partText(cell: Cell, part: Part): string {
  if (cell.kind === 'measure') {
    if (part === 'value') return cell.value
    if (part === 'spread') return cell.spread ?? ''
    return cell.interval?.[part === 'low' ? 0 : 1] ?? ''
  }
  if (part !== 'value' || cell.kind === 'missing') return ''
  if (cell.kind === 'check') return cell.on ? '1' : '0'
  if (cell.kind === 'number') return cell.less ? `<${cell.value}` : cell.value.replace(/^\+/, '')
  return csvTextCell(cell.kind === 'text' ? plainText(cell.content) : cellText(cell))
}

const LONG =
  'variant,metric,unit,n,mean,sd,se,ci_low,ci_high,median,iqm,min,max,reference,difference,difference_ci_low,difference_ci_high,relative_percent,test,p,p_adjusted,hedges_g,cliff_delta,probability_of_improvement'

/** One row per variant and metric, every figure in full precision and the logged unit; empty where it is not defined. */
export const longCsvFormat: TableFormat = {
  id: 'csv-long',
  title: 'CSV, one row per variant and metric, full precision',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  write: ({ result }) => [LONG, ...result.cells.map((cell) => longRow(cell, result)), ''].join('\r\n'),
}

function longRow({ variant, metric, summary }: StudyResult['cells'][number], { variants, metrics, comparisons }: StudyResult): string {
  const label = (key: string) => csvTextCell(variants.find((one) => one.key === key)?.label ?? key)
  const head = [label(variant), csvTextCell(metric), csvTextCell(metrics.find(({ name }) => name === metric)?.unit ?? '')]
  const figures = summary.defined
    ? [
        summary.n,
        summary.mean,
        value(summary.sd),
        value(summary.se),
        low(summary.ci),
        high(summary.ci),
        summary.median,
        summary.iqm,
        summary.min,
        summary.max,
      ]
    : [0, ...Array<string>(9).fill('')]
  const comparison = comparisons.find((one) => one.variant === variant && one.metric === metric)
  if (!comparison) return [...head, ...figures, ...Array<string>(11).fill('')].join(',')
  const { reference, difference, ci, relative, test, p, pAdjusted, effects } = comparison
  return [
    ...head,
    ...figures,
    label(reference),
    value(difference),
    low(ci),
    high(ci),
    relative.defined ? relative.percent : '',
    test ?? '',
    value(p),
    value(pAdjusted),
    value(effects.hedgesG),
    value(effects.cliffDelta),
    value(effects.probabilityOfImprovement),
  ].join(',')
}

function value(figure: Computed<{ value: number }>): number | string {
  return figure.defined ? figure.value : ''
}

function low(interval: Computed<{ low: number }>): number | string {
  return interval.defined ? interval.low : ''
}

function high(interval: Computed<{ high: number }>): number | string {
  return interval.defined ? interval.high : ''
}
