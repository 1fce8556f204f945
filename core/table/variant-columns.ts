import type { StudyResult, VariantResult } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'
import type { Computed } from '../stats/computed.ts'
import { toDecimals } from './decimal.ts'
import type { Cell, Inline } from './table-document.ts'

type VariantColumnId = Extract<TableSettings['columns'][number], 'n' | 'parameters' | 'flops' | 'time'>

interface VariantColumn {
  header: Inline[]
  cell(variant: VariantResult, counted: readonly number[], result: StudyResult): Cell
}

/** Columns about a row as a whole, whatever the metric; last in the table. */
export const VARIANT_COLUMNS: Record<VariantColumnId, VariantColumn> = {
  n: {
    header: [{ math: 'n' }],
    cell: (_variant, counted) => {
      const least = Math.min(...counted)
      const most = Math.max(...counted)
      // Metrics may have different numbers of seeds: the range says so.
      return least === most ? number(String(least)) : { kind: 'text', content: [{ text: `${least}–${most}` }] }
    },
  },
  parameters: { header: [{ text: 'Parameters' }], cell: ({ parameters }) => range(parameters) },
  flops: { header: [{ text: 'FLOPs' }], cell: ({ flops }) => range(flops) },
  time: {
    header: [{ text: 'Time (s)' }],
    cell: ({ seconds }, _counted, { variants }) => {
      if (!seconds.defined) return { kind: 'missing', why: seconds.reason }
      const longest = Math.max(...variants.map((variant) => (variant.seconds.defined ? variant.seconds.mean : 0)))
      return number(toDecimals(seconds.mean, longest < 10 ? 2 : longest < 1000 ? 1 : 0))
    },
  },
}

export function isVariantColumn(id: TableSettings['columns'][number]): id is VariantColumnId {
  return Object.hasOwn(VARIANT_COLUMNS, id)
}

/** `1.24M`; both ends where the runs of a variant differ. */
function range(count: Computed<{ low: number; high: number }>): Cell {
  if (!count.defined) return { kind: 'missing', why: count.reason }
  const low = compactCount(count.low)
  const high = compactCount(count.high)
  return { kind: 'text', content: [{ text: low === high ? low : `${low}–${high}` }] }
}

/** Three significant digits with k, M, G or T; counts below 10,000 in full. */
export function compactCount(count: number): string {
  if (count < 10_000) return toDecimals(count, 0)
  const [suffix = '', power = 3] = count < 999_500 ? ['k', 3] : count < 999_500_000 ? ['M', 6] : count < 999_500_000_000 ? ['G', 9] : ['T', 12]
  const scaled = count / 10 ** power
  return `${toDecimals(scaled, scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0)}${suffix}`
}

function number(value: string): Cell {
  return { kind: 'number', value, less: false, marks: [] }
}
