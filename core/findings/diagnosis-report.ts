import type { Shape } from '../diagnosis/shapes/shapes.ts'
import type { UpdateRatioVerdict } from '../diagnosis/update-ratio-verdict.ts'
import type { JsonObject } from '../run.ts'
import type { StoredNumber } from '../stored-number.ts'

/** Whether a layer learns at a usual pace. */
export type LayerVerdict = Omit<UpdateRatioVerdict, 'ratio' | 'now'> & { ratio: StoredNumber; now: StoredNumber }

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
  /** Shapes of the two main charts, each with its stretch. */
  shapes: Shape[]
  /** Update ratios by layer, and what one learning rate for all could be multiplied with. */
  updateRatios: { layers: LayerVerdict[]; factor: number | null }
  firstStep: number | null
  lastStep: number | null
}

/** Of this or an older version of the program: what is missing is empty. */
export function diagnosisReport(report: JsonObject): DiagnosisReport {
  const none: DiagnosisReport = {
    waiting: [],
    notApplicable: [],
    clear: [],
    roles: {},
    shapes: [],
    updateRatios: { layers: [], factor: null },
    firstStep: null,
    lastStep: null,
  }
  return { ...none, ...(report as unknown as Partial<DiagnosisReport>) }
}
