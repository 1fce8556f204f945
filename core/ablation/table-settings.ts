/** What can stand beside the means: comparisons per metric, then facts of the row. */
export const STUDY_COLUMNS = ['difference', 'relative', 'p', 'effect', 'n', 'parameters', 'flops', 'time'] as const

/** How the table of a study looks: saved with the study, and overridable in the address of its page. */
export interface TableSettings {
  /** Row order by variant key; keys left out follow in the study's own order. */
  rows: string[]
  /** Variants not shown; said in the footnote. */
  hiddenRows: string[]
  /** Label overrides by variant key. */
  labels: Record<string, string>
  /** Blocks of rows with a heading; rows in no group come first. */
  groups: { title: string; rows: string[] }[]
  /** `components`: one check-mark column per factor; `without`: one label per row. */
  form: 'without' | 'components'
  baselinePosition: 'first' | 'last'
  shadeBaseline: boolean
  /** Metrics shown, in order; empty: all. */
  metrics: string[]
  columns: (typeof STUDY_COLUMNS)[number][]
  spread: 'sd' | 'se' | 'ci' | 'bootstrap' | 'min-max' | 'none'
  /** Significant figures of the uncertainty where a metric's digits are `uncertainty`. */
  uncertaintyFigures: 1 | 2
  boldBest: boolean
  underlineSecond: boolean
  /** Level of confidence intervals and tests, e.g. 0.05. */
  alpha: number
  test: 'auto' | 'paired-t' | 'welch' | 'wilcoxon' | 'sign-flip' | 'none'
  correction: 'holm' | 'bh' | 'none'
  /** What differences are taken to. `auto`: the row before in a chain, else the baseline. */
  compareTo: 'auto' | 'baseline' | 'previous'
  significanceMarks: 'none' | 'dagger' | 'stars'
  /** Margin of equivalence (TOST) in the metric's displayed unit, by metric name. */
  equivalenceMargins: Record<string, number>
  /** null: generated. */
  caption: string | null
  label: string | null
  footnotes: string[]
}

export const DEFAULT_TABLE_SETTINGS: TableSettings = {
  rows: [],
  hiddenRows: [],
  labels: {},
  groups: [],
  form: 'without',
  baselinePosition: 'first',
  shadeBaseline: false,
  metrics: [],
  columns: ['difference', 'p', 'n'],
  spread: 'sd',
  uncertaintyFigures: 1,
  boldBest: true,
  underlineSecond: true,
  alpha: 0.05,
  test: 'auto',
  correction: 'holm',
  compareTo: 'auto',
  significanceMarks: 'none',
  equivalenceMargins: {},
  caption: null,
  label: null,
  footnotes: [],
}
