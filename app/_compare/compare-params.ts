import { parseAsArrayOf, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'

export const COMPARE_VIEWS = ['charts', 'metrics', 'config'] as const
export type CompareView = (typeof COMPARE_VIEWS)[number]

/** The address of a comparison: which runs (`runs`, `project` or `all`), what is hidden, and how it is looked at. */
export const compareParsers = {
  /** Run ids. */
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  /** Every run of a project that is not archived. */
  project: parseAsString,
  all: parseAsBoolean.withDefault(false),
  hidden: parseAsArrayOf(parseAsString).withDefault([]),
  /** The run others are measured against; without it, the first. */
  baseline: parseAsString,
  view: parseAsStringLiteral(COMPARE_VIEWS).withDefault('charts').withOptions({ history: 'push' }),
  /** Regular expression over metric names, case ignored. */
  filter: parseAsString.withDefault(''),
  /** Cards side by side, 1–4; 0: as many as fit. */
  columns: parseAsInteger.withDefault(0),
}
