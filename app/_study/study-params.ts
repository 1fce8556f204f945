import { parseAsString, parseAsStringLiteral } from 'nuqs'

export const STUDY_VIEWS = ['table', 'differences', 'factors', 'curves', 'runs'] as const
export type StudyView = (typeof STUDY_VIEWS)[number]

export const VIEW_LABELS: Record<StudyView, string> = {
  table: 'Table',
  differences: 'Differences',
  factors: 'Factors',
  curves: 'Curves',
  runs: 'Runs',
}

/** The address of a study page beside its table settings. */
export const studyParsers = {
  view: parseAsStringLiteral(STUDY_VIEWS).withDefault('table').withOptions({ history: 'push' }),
  /** Metric of differences, factors and curves; the first shown one without it. */
  metric: parseAsString,
}
