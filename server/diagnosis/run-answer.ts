import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { diagnosisReport } from '../../core/findings/diagnosis-report.ts'
import { findingDetail } from '../../core/findings/finding-detail.ts'
import { muteOf } from '../../core/findings/muted.ts'
import type { Context } from '../context.ts'

/** What the run page shows of the diagnosis. `reference`: id, name or #number. */
export async function runAnswer({ store, diagnoser }: Context, reference: string) {
  const run = await store.findRun(reference)
  const book = await diagnoser.book()
  const [{ diagnosis, isCurrent }, mutes, said] = await Promise.all([diagnoser.of(run), book.mutes(run.project), book.roles(run.project)])
  return {
    runId: run.id,
    /** False: the run is being looked at, or waits for it. */
    isCurrent,
    /** When it was computed (ms since epoch); null when it never was. */
    at: diagnosis?.at ?? null,
    findings: (diagnosis?.findings ?? []).map(({ detail, ...finding }) => ({
      ...finding,
      detail: findingDetail({ detail, firstStep: finding.firstStep }),
      mute: muteOf(finding, run, mutes),
    })),
    report: diagnosis && diagnosisReport(diagnosis.report),
    /** What a person said metrics stand for. */
    said: said as RoleMapping,
  }
}
