import type { StudyComparison } from '../../../core/ablation/study-result.ts'
import { toSignedDecimals } from '../../../core/table/decimal.ts'

/** One variant against its reference. Numbers are variant − reference, in the unit the metric is logged in. */
export interface ForestRow {
  key: string
  label: string
  /** What the difference is to. */
  reference: string
  difference: number | null
  low: number | null
  high: number | null
  /** Paired: one difference per seed. Else each value of the variant minus the mean of the reference. */
  dots: { value: number; text: string }[]
  paired: boolean
  verdict: StudyComparison['verdict']
  better: 'better' | 'worse' | 'equal' | null
  /** A few sentences: verdict, test and p. */
  details: string[]
  /** Why there is no difference; null where there is one. */
  why: string | null
}

export interface ForestData {
  title: string
  /** Heading of the axis without its unit. */
  metric: string
  unit: string | null
  goal: 'min' | 'max'
  /** Of the intervals, e.g. 0.95. */
  level: number
  rows: ForestRow[]
  /** Margin of equivalence in the logged unit; null: none set. */
  margin: number | null
  /** Decimals after conversion to the shown unit. */
  places: number
}

/** Fractions shown as per cent are drawn and written times 100. */
export const powerOf = ({ unit }: Pick<ForestData, 'unit'>): 0 | 2 => (unit === '%' ? 2 : 0)

export const signed = (value: number, { places, unit }: Pick<ForestData, 'places' | 'unit'>): string =>
  toSignedDecimals(value, places, powerOf({ unit })).replace('-', '−')

/** `−1.20 [−1.90, −0.50]`, or why not. */
export function rowText(row: ForestRow, data: ForestData): string {
  if (row.difference === null) return 'no difference'
  const interval = row.low === null || row.high === null ? '' : ` [${signed(row.low, data)}, ${signed(row.high, data)}]`
  return `${signed(row.difference, data)}${interval}`
}

export const VERDICT_MARKS: Record<ForestRow['verdict'], string> = { significant: '†', 'not-significant': '', 'out-of-reach': '?', 'not-tested': '' }
