import { RULE_BY_ID } from './registry.ts'
import type { Finding } from './rule.ts'
import type { RuleId } from './rule-names.ts'

/** A symptom is seen some steps before or after its cause: by so many steps, or this share of the run, they count as together. */
const TOGETHER_STEPS = 50
const TOGETHER_SHARE = 0.05

/** Sets `causedBy` on each finding and puts them in order: first causes by their first step, each followed by what it led to. */
export function orderFindings(findings: readonly Omit<Finding, 'causedBy'>[], span: number): Finding[] {
  const slack = Math.max(TOGETHER_STEPS, TOGETHER_SHARE * span)
  const linked = findings.map((one) => ({ ...one, causedBy: causeOf(one, findings, slack) }))
  const placed: Finding[] = []
  const place = (cause: RuleId | null): void => {
    for (const one of linked.filter(({ causedBy }) => causedBy === cause).sort(earlier)) {
      placed.push(one)
      place(one.rule)
    }
  }
  place(null)
  return placed
}

function causeOf(finding: Omit<Finding, 'causedBy'>, all: readonly Omit<Finding, 'causedBy'>[], slack: number): RuleId | null {
  const consequenceOf = RULE_BY_ID[finding.rule].consequenceOf
  const causes = all.filter(({ rule, firstStep }) => consequenceOf.includes(rule) && firstStep <= finding.firstStep + slack)
  return causes.sort(earlier)[0]?.rule ?? null
}

const SEVERITY = { critical: 0, warning: 1, info: 2 } as const

function earlier(a: Omit<Finding, 'causedBy'>, b: Omit<Finding, 'causedBy'>): number {
  return a.firstStep - b.firstStep || SEVERITY[a.severity] - SEVERITY[b.severity] || (a.rule < b.rule ? -1 : 1)
}
