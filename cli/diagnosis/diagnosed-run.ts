import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { type DiagnosisReport, diagnosisReport } from '../../core/findings/diagnosis-report.ts'
import { ENGINE } from '../../core/findings/engine.ts'
import { type FindingDetail, findingDetail } from '../../core/findings/finding-detail.ts'
import { muteOf } from '../../core/findings/muted.ts'
import type { FindingMute, RunDiagnosis, RunFinding } from '../../core/findings/run-finding.ts'
import type { Run } from '../../core/run.ts'
import { diagnoseRun } from '../../db/diagnosis/diagnose-run.ts'
import { RunReading } from '../../db/diagnosis/run-reading.ts'
import type { Store } from '../../db/store.ts'

export interface DiagnosedRun {
  run: Run
  findings: (Omit<RunFinding, 'detail'> & { detail: FindingDetail; mute: FindingMute | null })[]
  report: DiagnosisReport
}

const NO_PAUSE = async () => {}

/** The diagnosis of one run. `said`: roles of metrics that go before the stored ones; then nothing stored is used. */
export async function diagnosedRun(store: Store, run: Run, said: RoleMapping): Promise<DiagnosedRun> {
  const mutes = await store.findings.mutes(run.project)
  const stored = Object.keys(said).length === 0 ? await freshDiagnosis(store, run) : null
  const diagnosis = stored ?? (await compute(store, run, said))
  return {
    run,
    findings: diagnosis.findings.map(({ detail, ...finding }) => ({
      ...finding,
      detail: findingDetail({ detail, firstStep: finding.firstStep }),
      mute: muteOf(finding, run, mutes),
    })),
    report: diagnosisReport(diagnosis.report),
  }
}

/** What a dashboard has computed of this very state of the run. */
async function freshDiagnosis(store: Store, run: Run): Promise<RunDiagnosis | null> {
  if (run.status === 'running') return null
  const stored = await store.findings.diagnosis(run.id)
  return stored?.engine === ENGINE && stored.stamp === (await store.findings.stamp(run.id)) ? stored : null
}

async function compute(store: Store, run: Run, said: RoleMapping): Promise<RunDiagnosis> {
  const mapping = { ...(await store.findings.roles(run.project)), ...said } as RoleMapping
  return diagnoseRun(store, run, new RunReading(store, run.id, mapping), NO_PAUSE)
}
