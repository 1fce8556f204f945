/**
 * What a reader must know to trust a study's numbers. error: a number would be meaningless and is not given; warning: it is given and
 * may mislead; info: how it was made.
 */
export const STUDY_WARNING_CODES = [
  'metric-missing',
  'metric-partial',
  'baseline-missing',
  'baseline-empty',
  'variant-empty',
  'single-variant',
  'same-as-baseline',
  'duplicate-label',
  'duplicate-key',
  'mixed-goals',
  'run-deleted',
  'run-unknown-variant',
  'one-seed',
  'missing-seed',
  'missing-cells',
  'duplicate-runs',
  'failed',
  'unfinished',
  'diverged',
  'unequal-epochs',
  'unequal-steps',
  'unequal-data',
  'unequal-code',
  'dirty-code',
  'changes-together',
  'partly-paired',
  'not-paired',
  'exact-floor',
  'monte-carlo',
  'optimistic-best',
  'uneven-points',
  'ignored-data-key',
  'aliased-effects',
] as const
export type StudyWarningCode = (typeof STUDY_WARNING_CODES)[number]

export interface StudyWarning {
  code: StudyWarningCode
  severity: 'error' | 'warning' | 'info'
  /** Keys of the variants it is about; empty: the whole study. */
  variants: string[]
  metrics: string[]
  /** Ids of the runs it is about. */
  runs: string[]
  /** One sentence with its full stop, ready for a footnote. */
  text: string
  /** Belongs into the footnote of every export. */
  footnote: boolean
}
