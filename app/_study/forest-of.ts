import type { StudyMetric } from '../../core/ablation/study.ts'
import type { StudyComparison, StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { metricLabel, metricScale } from '../../core/table/metric-column.ts'
import { rowBlocks } from '../../core/table/row-order.ts'
import type { ForestData, ForestRow } from '../_charts/forest/forest-data.ts'
import { verdictText } from './verdict-text.ts'

/** The comparisons of one metric in the order of the table; hidden rows left out, as there. */
export function shownComparisons(result: StudyResult, settings: TableSettings, metric: string): StudyComparison[] {
  const of = new Map(result.comparisons.filter((one) => one.metric === metric).map((one) => [one.variant, one]))
  return rowBlocks(result, settings).flatMap(({ rows }) => rows.flatMap((key) => of.get(key) ?? []))
}

export function forestOf(result: StudyResult, settings: TableSettings, metric: StudyMetric): ForestData {
  const comparisons = shownComparisons(result, settings, metric.name)
  const label = (key: string) => result.variants.find((variant) => variant.key === key)?.label ?? key
  const references = new Set(comparisons.map(({ reference }) => reference))
  const [only] = references
  const name = metricLabel(metric)
  const shown = new Set(comparisons.map(({ variant }) => variant))
  const margin = settings.equivalenceMargins[metric.name]
  return {
    title: `${name}: difference to ${references.size === 1 && only !== undefined ? label(only) : 'the row before'}`,
    metric: name,
    unit: metric.unit,
    goal: metric.goal,
    level: 1 - result.alpha,
    rows: comparisons.map((comparison) => forestRow(comparison, result, label)),
    margin: margin === undefined ? null : metric.unit === '%' ? margin / 100 : margin,
    places: metricScale(metric, result, shown, settings).places,
  }
}

function forestRow(comparison: StudyComparison, result: StudyResult, label: (key: string) => string): ForestRow {
  const { variant, reference, metric, difference, ci, pairing, pairs, verdict, equivalence } = comparison
  const cell = (key: string) => result.cells.find((one) => one.variant === key && one.metric === metric)
  const base = cell(reference)?.summary
  const counted = (cell(variant)?.values ?? []).filter(({ state }) => state === 'counted')
  const dots = pairing.paired
    ? pairs.map((pair) => ({ value: pair.difference, text: `seed ${pair.seed}` }))
    : base?.defined
      ? counted.flatMap(({ value, seed }) => (value === null ? [] : [{ value: value - base.mean, text: seed === null ? 'no seed' : `seed ${seed}` }]))
      : []
  return {
    key: variant,
    label: label(variant),
    reference: label(reference),
    difference: difference.defined ? difference.value : null,
    low: ci.defined ? ci.low : null,
    high: ci.defined ? ci.high : null,
    dots,
    paired: pairing.paired,
    verdict,
    better: difference.defined ? difference.better : null,
    details: [
      verdictText(comparison, result),
      ...(ci.defined || !difference.defined ? [] : [`No interval: ${ci.reason}`]),
      ...(equivalence.defined ? [equivalence.equivalent ? 'Equivalent within the margin.' : 'Not shown to be equivalent within the margin.'] : []),
    ],
    why: difference.defined ? null : difference.reason,
  }
}
