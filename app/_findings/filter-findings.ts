import { compareSeverity } from '../../core/findings/findings-brief.ts'
import type { FindingSeverity } from '../../core/kinds/values.ts'
import { matchWords } from '../_shell/match-words.ts'
import type { ListedFinding } from './use-project-findings.ts'

/** Least severity shown. */
export const LEAST_SEVERITIES = ['critical', 'warning', 'info'] as const

interface Wanted {
  least: FindingSeverity
  /** Muted ones instead of the others. */
  muted: boolean
  /** Words of rule, title, sentence, layer, run or project. */
  search: string
}

/** What the page lists, in the order of the answer; and how many there are of each severity with this search. */
export function filterFindings(findings: readonly ListedFinding[], { least, muted, search }: Wanted) {
  const matching = findings.filter(
    (finding) =>
      (finding.mute !== null) === muted &&
      matchWords(search, [finding.rule, finding.title, finding.says, ...finding.subjects, finding.run.name, finding.run.project]),
  )
  const atLeast = (severity: FindingSeverity) => matching.filter((finding) => compareSeverity(finding.severity, severity) <= 0)
  return {
    shown: atLeast(least),
    counts: { critical: atLeast('critical').length, warning: atLeast('warning').length, info: matching.length },
    mutedTotal: findings.filter((finding) => finding.mute !== null).length,
  }
}
