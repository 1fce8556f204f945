import type { StudyComparison, StudyResult } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'
import { toDecimals, toSignedDecimals } from './decimal.ts'
import { significanceMarks } from './measure-cell.ts'
import type { MetricScale } from './metric-column.ts'
import type { Cell, Inline } from './table-document.ts'

type ComparisonColumnId = Extract<TableSettings['columns'][number], 'difference' | 'relative' | 'p' | 'effect'>

interface ComparisonColumn {
  header: Inline[]
  cell(comparison: StudyComparison, scale: MetricScale, settings: TableSettings): Cell
}

const P_PLACES = 3
const LEAST_P = 0.001

/** Columns that stand beside a metric and compare with the reference row. */
export const COMPARISON_COLUMNS: Record<ComparisonColumnId, ComparisonColumn> = {
  difference: {
    header: [{ text: 'Δ' }],
    cell: ({ difference, verdict, pAdjusted }, { places, power }, settings) =>
      difference.defined
        ? {
            kind: 'number',
            value: toSignedDecimals(difference.value, places, power),
            less: false,
            marks: significanceMarks(verdict, pAdjusted.defined ? pAdjusted.value : null, settings),
          }
        : missing(difference.reason),
  },
  relative: {
    header: [{ text: 'Δ (%)' }],
    cell: ({ relative }) =>
      relative.defined ? { kind: 'number', value: toSignedDecimals(relative.percent, 1), less: false, marks: [] } : missing(relative.reason),
  },
  p: {
    header: [{ math: 'p' }],
    cell: ({ pAdjusted }) => {
      if (!pAdjusted.defined) return missing(pAdjusted.reason)
      const less = pAdjusted.value < LEAST_P
      return { kind: 'number', value: toDecimals(less ? LEAST_P : pAdjusted.value, P_PLACES), less, marks: [] }
    },
  },
  effect: {
    header: [{ math: 'g' }],
    cell: ({ effects: { hedgesG } }) =>
      hedgesG.defined ? { kind: 'number', value: toSignedDecimals(hedgesG.value, 2), less: false, marks: [] } : missing(hedgesG.reason),
  },
}

export function isComparisonColumn(id: TableSettings['columns'][number]): id is ComparisonColumnId {
  return Object.hasOwn(COMPARISON_COLUMNS, id)
}

export function comparisonCell(
  id: ComparisonColumnId,
  variant: string,
  metric: string,
  result: StudyResult,
  scale: MetricScale,
  settings: TableSettings,
): Cell {
  const comparison = result.comparisons.find((one) => one.variant === variant && one.metric === metric)
  if (!comparison)
    return missing(variant === result.baseline ? 'This is the row that the others are compared with.' : 'There is nothing to compare with.')
  return COMPARISON_COLUMNS[id].cell(comparison, scale, settings)
}

function missing(why: string): Cell {
  return { kind: 'missing', why }
}
