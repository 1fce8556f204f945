import type { JsonObject } from '../run.ts'

/** What there is to say of a run beside its findings; `RunDiagnosis.report`. */
export interface DiagnosisReport {
  /** Rules that could not tell, and what they need. */
  waiting: { rule: string; title: string; needs: string }[]
  /** Rules that do not concern this run, and why. */
  notApplicable: { rule: string; title: string; why: string }[]
  /** Rules that looked and found nothing, with what they saw. */
  clear: { rule: string; title: string; says: string }[]
  /** What the metrics were taken for: `val-loss`, `update-ratio:conv1`. Those that no rule reads are left out. */
  roles: Record<string, string>
  firstStep: number | null
  lastStep: number | null
}

/** Of this or an older version of the program: what is missing is empty. */
export function diagnosisReport(report: JsonObject): DiagnosisReport {
  const none: DiagnosisReport = { waiting: [], notApplicable: [], clear: [], roles: {}, firstStep: null, lastStep: null }
  return { ...none, ...(report as unknown as Partial<DiagnosisReport>) }
}
