import type { FindingSeverity } from '../kinds/values.ts'
import type { RuleCode, RuleId } from './rule-names.ts'
import type { RunView } from './run-view.ts'

/** What a claim rests on: a stretch of one series with the numbers read there. The stretch is what a chart shades. */
export interface Evidence {
  /** Name the series was logged under; null for facts. */
  series: string | null
  fromStep: number
  toStep: number
  /** Figures by what they are, in the words of the rule's page: `{ 'end over minimum': 1.31 }`. */
  numbers: Record<string, number>
  /** What the numbers were held against: `{ 'end over minimum': 1.05 }`. */
  thresholds: Record<string, number>
}

export interface Fired {
  state: 'fired'
  severity: FindingSeverity
  /** Where it began, and where it was last seen: the last step of the run when it still holds. */
  firstStep: number
  lastStep: number
  /** How sure the rule is, 0 to 1: how far past the threshold, how much data, how direct the signal. */
  confidence: number
  /** Layers it is about, the worst first; empty for the whole run. */
  subjects: string[]
  /** One plain sentence with the numbers that matter. */
  says: string
  /** One to three things to try, the likeliest first. */
  fixes: string[]
  evidence: Evidence[]
}

/** `needs`: what to log, or how long to go on, before the rule can tell. */
export type Verdict =
  | Fired
  | { state: 'clear'; says: string; evidence?: Evidence[] }
  | { state: 'not-enough-data'; needs: string }
  | { state: 'not-applicable'; why: string }

/** One diagnosis: a file in `rules/` and a line in `registry.ts`. */
export interface Rule {
  id: RuleId
  code: RuleCode
  /** The name people know it by. */
  title: string
  /** Severities it may fire with, the worst first. */
  severities: readonly FindingSeverity[]
  /** Where the rule comes from. */
  citation: string
  /** Whether it reads losses and accuracies as those of examples with fixed targets, which reinforcement learning has not. */
  supervised?: true
  /** Whether it may speak before step 50. */
  early?: true
  /** Rules that can be the reason for this one, when they fired no later. */
  consequenceOf: readonly RuleId[]
  /** Reads the run as it is now. Pure: the same points give the same verdict, however they came in. */
  judge(run: RunView): Verdict
}

interface Judged {
  rule: RuleId
  code: RuleCode
  title: string
  citation: string
}

/** A diagnosis that was made. */
export type Finding = Judged & Fired & { /** The finding that explains this one; null for a first cause. */ causedBy: RuleId | null }

/** Where one rule stands: what it found, or why it found nothing. */
export type RuleResult = Finding | (Judged & Exclude<Verdict, Fired>)

export function isFinding(result: RuleResult): result is Finding {
  return result.state === 'fired'
}
