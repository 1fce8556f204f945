import type { Goal, SeriesSummary } from './run.ts'

/** The summaries of one run as columns, so that NaN and ±Infinity travel unharmed. */
export interface SeriesTable {
  names: string[]
  goals: (Goal | null)[]
  /** One column per numeric field of SeriesSummary, rows as in `names`; null steps are NaN. */
  columns: Record<(typeof NUMERIC)[number], Float64Array>
}

const NUMERIC = ['n', 'superseded', 'nonFinite', 'firstStep', 'lastStep', 'last', 'lastWall', 'min', 'max', 'mean', 'minStep', 'maxStep'] as const

export function toSeriesTable(summaries: SeriesSummary[]): SeriesTable {
  const columns = Object.fromEntries(NUMERIC.map((field) => [field, Float64Array.from(summaries, (summary) => summary[field] ?? Number.NaN)]))
  return { names: summaries.map((s) => s.name), goals: summaries.map((s) => s.goal), columns: columns as SeriesTable['columns'] }
}

export function fromSeriesTable(table: SeriesTable): SeriesSummary[] {
  return table.names.map((name, row) => {
    const numbers = Object.fromEntries(NUMERIC.map((field) => [field, table.columns[field][row] ?? Number.NaN])) as Omit<
      SeriesSummary,
      'name' | 'goal'
    >
    const step = (value: number | null) => (value === null || Number.isNaN(value) ? null : value)
    return { name, goal: table.goals[row] ?? null, ...numbers, minStep: step(numbers.minStep), maxStep: step(numbers.maxStep) }
  })
}
