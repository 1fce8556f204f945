import type { JsonObject } from '../run.ts'
import type { StoredNumber } from '../stored-number.ts'
import type { RunFinding } from './run-finding.ts'

/** A stretch of one series with the numbers read there: what a chart shades. */
export interface FindingEvidence {
  /** Metric; null for facts of the run. */
  series: string | null
  fromStep: number
  toStep: number
  numbers: Record<string, StoredNumber>
  thresholds: Record<string, StoredNumber>
}

/** What `RunFinding.detail` holds. */
export interface FindingDetail {
  /** Number in the catalogue; null for what training code logged. */
  id: string | null
  /** One plain sentence, or what the training code wrote. */
  says: string
  fixes: string[]
  evidence: FindingEvidence[]
  citation: string | null
  /** Last step at which it still held. */
  lastStep: number
  /** Code of the rule whose finding explains this one; null for a first cause. */
  causedBy: string | null
  /** What the training code gave as evidence. */
  facts: JsonObject | null
}

/** Of this or an older version of the program: what is missing is empty. */
export function findingDetail({ detail, firstStep }: Pick<RunFinding, 'detail' | 'firstStep'>): FindingDetail {
  const none: FindingDetail = { id: null, says: '', fixes: [], evidence: [], citation: null, lastStep: firstStep, causedBy: null, facts: null }
  return { ...none, ...(detail as unknown as Partial<FindingDetail>) }
}
