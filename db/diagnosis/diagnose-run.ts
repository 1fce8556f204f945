import { ENGINE } from '../../core/findings/engine.ts'
import { fromFinding, fromRecords, reportOf } from '../../core/findings/from-diagnosis.ts'
import type { RunDiagnosis, RunFinding } from '../../core/findings/run-finding.ts'
import type { JsonObject, Run } from '../../core/run.ts'
import type { Store } from '../store.ts'
import type { Pause, RunReading } from './run-reading.ts'

/** The diagnosis of a run as it is in the store now. `reading`: what was read of it before, or nothing yet. */
export async function diagnoseRun(store: Store, run: Run, reading: RunReading, pause: Pause): Promise<RunDiagnosis> {
  // Taken first: what comes in while reading makes the diagnosis one to be looked at again.
  const stamp = await store.findings.stamp(run.id)
  await reading.read(run, pause)
  const { findings } = reading.diagnosis.results()
  const computed: RunFinding[] = []
  for (const finding of findings)
    computed.push(fromFinding(finding, await wallOf(store, run, finding.firstStep, finding.evidence[0]?.series ?? null)))
  const report = reportOf(reading.diagnosis) as unknown as JsonObject
  return { runId: run.id, engine: ENGINE, runRev: run.rev, stamp, at: Date.now(), report, findings: [...fromRecords(reading.logged), ...computed] }
}

/** Time of the first point at or after a step; the start of the run when nothing tells. */
async function wallOf(store: Store, { id, startedAt }: Run, step: number, name: string | null): Promise<number> {
  if (name === null) return startedAt
  const request = { runId: id, name, x: { kind: 'step' } as const, smoothing: { kind: 'none' } as const, abandoned: false }
  const [columns] = await store.chart([{ ...request, range: [step, Number.MAX_SAFE_INTEGER], width: 1 }])
  return columns?.wall[0] ?? startedAt
}
