import type { Study } from '../ablation/study.ts'
import type { StudyResult } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'
import { VERSION } from '../version.ts'
import { generatedCaption } from './caption.ts'
import { COMPARISON_COLUMNS, comparisonCell, isComparisonColumn } from './comparison-columns.ts'
import { componentColumns } from './component-columns.ts'
import { measureCell, rankCells } from './measure-cell.ts'
import { metricHeading, metricScale } from './metric-column.ts'
import { type RowBlock, rowBlocks } from './row-order.ts'
import type { Cell, Column, Inline, Spanner, TableDocument, TableLine } from './table-document.ts'
import { isVariantColumn, VARIANT_COLUMNS } from './variant-columns.ts'

/** A column with its cell for each shown row. */
interface FilledColumn {
  column: Column
  cells: Cell[]
}

/** The table of a study as its settings want it: every text and digit decided, for any format to print. */
export function buildTable(study: Pick<Study, 'name' | 'project'>, result: StudyResult, settings: TableSettings): TableDocument {
  const blocks = rowBlocks(result, settings)
  const keys = blocks.flatMap(({ rows }) => rows)
  const metrics = metricColumns(result, settings, keys)
  const filled = [...labelColumns(result, settings, keys), ...metrics.columns, ...variantColumns(result, settings, keys)]
  const offset = filled.length - metrics.columns.length - settings.columns.filter(isVariantColumn).length
  return {
    columns: filled.map(({ column }) => column),
    spanners: metrics.spanners.map((spanner) => ({ ...spanner, first: spanner.first + offset })),
    lines: tableLines(blocks, filled, result, settings),
    caption: [{ text: settings.caption ?? generatedCaption(study, result, settings) }],
    label: settings.label ?? `tab:${slug(study.name)}`,
    footnotes: footnotes(result, settings),
    comments: [
      `Lossboard ${VERSION}: study "${study.name}" of project "${study.project}", ${result.checklist.runs.total} runs, ${result.checklist.runs.finished} of them finished.`,
    ],
  }
}

function labelColumns(result: StudyResult, { form }: TableSettings, keys: string[]): FilledColumn[] {
  if (form === 'components') {
    const columns = componentColumns(result)
    if (columns.length > 0) return columns.map(({ column, cell }) => ({ column, cells: keys.map(cell) }))
  }
  const label = (key: string) => result.variants.find((variant) => variant.key === key)?.label ?? key
  return [
    {
      column: { id: 'variant', header: [{ text: 'Variant' }], align: 'left' },
      cells: keys.map((key) => ({ kind: 'text', content: [{ text: label(key) }] })),
    },
  ]
}

function metricColumns(result: StudyResult, settings: TableSettings, keys: string[]): { columns: FilledColumn[]; spanners: Spanner[] } {
  const compared = settings.columns.filter(isComparisonColumn)
  const wanted = settings.metrics.length === 0 ? result.metrics.map(({ name }) => name) : settings.metrics
  const columns: FilledColumn[] = []
  const spanners: Spanner[] = []
  for (const metric of wanted.flatMap((name) => result.metrics.find((known) => known.name === name) ?? [])) {
    const scale = metricScale(metric, result, new Set(keys), settings)
    const heading: Inline[] = [{ text: metricHeading(metric) }]
    const values = keys.map((key) =>
      measureCell(
        result.cells.find((cell) => cell.variant === key && cell.metric === metric.name),
        scale,
        settings,
      ),
    )
    if (compared.length > 0) spanners.push({ header: heading, first: columns.length, columns: compared.length + 1 })
    columns.push({
      column: { id: `${metric.name}:value`, header: compared.length > 0 ? [{ text: 'Mean' }] : heading, align: 'right' },
      cells: rankCells(values, metric.goal, settings),
    })
    for (const id of compared)
      columns.push({
        column: { id: `${metric.name}:${id}`, header: COMPARISON_COLUMNS[id].header, align: 'right' },
        cells: keys.map((key) => comparisonCell(id, key, metric.name, result, scale, settings)),
      })
  }
  return { columns: marked(columns, result, settings, keys), spanners }
}

/** Where no difference is shown to carry them, marks of significance stand at the mean. */
function marked(columns: FilledColumn[], result: StudyResult, settings: TableSettings, keys: string[]): FilledColumn[] {
  if (settings.significanceMarks === 'none' || settings.columns.includes('difference')) return columns
  return columns.map(({ column, cells }) => {
    const metric = column.id.endsWith(':value') ? column.id.slice(0, -':value'.length) : null
    if (metric === null) return { column, cells }
    return {
      column,
      cells: cells.map((cell, at) => {
        const difference = comparisonCell('difference', keys[at] as string, metric, result, { power: 0, places: 0 }, settings)
        return cell.kind === 'measure' && difference.kind === 'number' ? { ...cell, marks: difference.marks } : cell
      }),
    }
  })
}

function variantColumns(result: StudyResult, settings: TableSettings, keys: string[]): FilledColumn[] {
  const metrics = settings.metrics.length === 0 ? null : new Set(settings.metrics)
  return settings.columns.filter(isVariantColumn).map((id) => ({
    column: { id, header: VARIANT_COLUMNS[id].header, align: 'right' },
    cells: keys.map((key): Cell => {
      const variant = result.variants.find((one) => one.key === key)
      if (!variant) return { kind: 'missing', why: 'The study has no such variant.' }
      const counted = result.cells.flatMap(({ variant: of, metric, summary }) =>
        of === key && (metrics === null || metrics.has(metric)) ? [summary.defined ? summary.n : 0] : [],
      )
      return VARIANT_COLUMNS[id].cell(variant, counted.length > 0 ? counted : [variant.n], result)
    }),
  }))
}

function tableLines(blocks: RowBlock[], filled: FilledColumn[], { baseline }: StudyResult, { shadeBaseline }: TableSettings): TableLine[] {
  const lines: TableLine[] = []
  let at = 0
  for (const { title, rows } of blocks) {
    if (title !== null) lines.push({ kind: 'group', title })
    rows.forEach((key, inBlock) => {
      const row: TableLine = { kind: 'row', cells: filled.map(({ cells }) => cells[at] as Cell), shaded: shadeBaseline && key === baseline }
      at++
      // The row that the others are compared with stands apart when it is first or last.
      const apart = key === baseline && rows.length > 1
      if (apart && inBlock > 0 && inBlock === rows.length - 1) lines.push({ kind: 'rule' })
      lines.push(row)
      if (apart && inBlock === 0) lines.push({ kind: 'rule' })
    })
  }
  return lines
}

function footnotes(result: StudyResult, settings: TableSettings): Inline[][] {
  const hidden = result.variants.filter(({ key }) => settings.hiddenRows.includes(key)).map(({ label }) => label)
  const texts = [
    ...settings.footnotes,
    ...(hidden.length > 0 ? [`Not shown: ${hidden.join(', ')}.`] : []),
    ...result.warnings.flatMap(({ footnote, text }) => (footnote ? [text] : [])),
  ]
  return [...new Set(texts)].map((text) => [{ text }])
}

function slug(name: string): string {
  return (
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'ablation'
  )
}
