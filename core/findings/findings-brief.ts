import { FINDING_SEVERITIES, type FindingSeverity } from '../kinds/values.ts'

/** What a table of runs shows of the findings of one. Muted ones count for nothing. */
export interface FindingsBrief {
  /** Of the worst; null when nothing is wrong. */
  severity: FindingSeverity | null
  /** Codes, the worst first. */
  rules: string[]
  titles: string[]
  muted: number
}

interface Counted {
  rule: string
  title: string
  severity: FindingSeverity
  muted: boolean
}

/** Negative when the first is worse. */
export function compareSeverity(a: FindingSeverity, b: FindingSeverity): number {
  return FINDING_SEVERITIES.indexOf(a) - FINDING_SEVERITIES.indexOf(b)
}

export function findingsBrief(findings: readonly Counted[]): FindingsBrief {
  const open = findings.filter(({ muted }) => !muted).sort((a, b) => compareSeverity(a.severity, b.severity))
  return {
    severity: open[0]?.severity ?? null,
    rules: [...new Set(open.map(({ rule }) => rule))],
    titles: [...new Set(open.map(({ title }) => title))],
    muted: findings.length - open.length,
  }
}
