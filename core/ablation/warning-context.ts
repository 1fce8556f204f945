import type { Placement } from './place-runs.ts'
import type { StudyDefinition } from './study.ts'
import type { FactorialResult, StudyCell, StudyComparison } from './study-result.ts'
import type { StudyWarning } from './study-warning.ts'
import type { TableSettings } from './table-settings.ts'

/** Everything that warnings are read off. */
export interface WarningContext {
  study: StudyDefinition
  placement: Placement
  cells: readonly StudyCell[]
  comparisons: readonly StudyComparison[]
  factorial: readonly FactorialResult[]
  seeds: readonly number[]
  settings: TableSettings
  label: (key: string) => string
}

/** A warning with what it is about; footnotes are the default for all but infos. */
export function warning(
  code: StudyWarning['code'],
  severity: StudyWarning['severity'],
  text: string,
  about: Partial<Pick<StudyWarning, 'variants' | 'metrics' | 'runs' | 'footnote'>> = {},
): StudyWarning {
  return { code, severity, variants: [], metrics: [], runs: [], text, footnote: severity !== 'info', ...about }
}

/** `1 run`, `3 runs`. */
export function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`
}

/** The first few of a list, and how many more. */
export function listed(items: readonly string[], most = 4): string {
  return items.length <= most ? items.join(', ') : `${items.slice(0, most).join(', ')} and ${items.length - most} more`
}
