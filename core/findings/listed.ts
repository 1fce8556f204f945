import { findingDetail } from './finding-detail.ts'
import type { ListedFinding, RunDiagnosis } from './run-finding.ts'

/** The findings of one run as lists show them. */
export function listedFindings({ runId, findings }: Pick<RunDiagnosis, 'runId' | 'findings'>): ListedFinding[] {
  return findings.map((finding) => {
    const { says, causedBy } = findingDetail(finding)
    const { detail: _, ...rest } = finding
    return { ...rest, runId, says, causedBy }
  })
}
