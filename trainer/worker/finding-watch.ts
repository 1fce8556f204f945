import { Diagnosis } from '../../core/diagnosis/diagnosis.ts'
import { factsOfRun } from '../../core/diagnosis/facts/facts-of-run.ts'
import { readAssignment } from '../../core/diagnosis/roles/read-assignment.ts'
import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { compareSeverity } from '../../core/findings/findings-brief.ts'
import { fromFinding, fromRecords } from '../../core/findings/from-diagnosis.ts'
import { muteOf } from '../../core/findings/muted.ts'
import type { FindingMute, RunFinding } from '../../core/findings/run-finding.ts'
import { recordKind } from '../../core/kinds/registry.ts'
import type { FindingSeverity } from '../../core/kinds/values.ts'
import type { Run } from '../../core/run.ts'
import { RunReading } from '../../db/diagnosis/run-reading.ts'
import type { NewRecord, RunPatch, Store } from '../../db/store.ts'
import { eventLoopTurn } from './wake.ts'
import { WatchedSeries } from './watched-series.ts'

/** Time between two looks, and how many times as long as a look took: the worker spends a hundredth of its time on them at most. */
const LOOK_MS = 1_000
const REST = 100
/** Points that may wait while the past of a resumed run is read. */
const WAITING_MAX = 1 << 20

export type WatchedRun = Pick<Run, 'id' | 'project' | 'config' | 'summary'>

/** A run that logs, seen by the diagnosis as it logs: tells each finding once, and again when it grows worse. */
export class FindingWatch {
  readonly #tell: (finding: RunFinding) => void
  readonly #series: (WatchedSeries | null)[] = []
  readonly #names = new Map<number, string>()
  readonly #records: NewRecord[] = []
  readonly #told = new Map<string, FindingSeverity>()
  #config: Pick<RunPatch, 'config' | 'summary'> = {}
  #diagnosis: Diagnosis | null = null
  #mapping: RoleMapping = {}
  #mutes: FindingMute[] = []
  #run: Pick<Run, 'id' | 'project'> | null = null
  #nextLook = 0
  #isNew = false
  #isOff = false

  constructor(tell: (finding: RunFinding) => void) {
    this.#tell = tell
  }

  /** A number that points will come under. */
  name(series: number, name: string): void {
    this.#names.set(series, name)
    this.#watch(series, name)
  }

  /** Called for every point: as little as can be. */
  add(series: number, step: number, wall: number, value: number): void {
    const watched = this.#series[series]
    if (!watched) return
    this.#isNew = true
    if (watched.add(step, wall, value)) return
    if (this.#diagnosis) watched.take(this.#diagnosis)
    else if (watched.waiting < WAITING_MAX) watched.grow()
    else this.#isOff = true
  }

  addRecords(records: readonly NewRecord[]): void {
    for (const record of records) if (record.kind !== 'console' && record.kind !== 'image') this.#records.push(record)
  }

  patch({ config, summary }: RunPatch): void {
    this.#config = { ...this.#config, ...(config && { config }), ...(summary && { summary }) }
  }

  /** The run is known. Of one that goes on with another's points, or with its own of before, these are read first; what they show was told then. */
  open(run: WatchedRun, past: { run: Run; store: Store } | null): void {
    this.#run = run
    this.patch({ config: run.config, summary: run.summary })
    void this.#begin(past).catch(() => {
      // The dashboard looks at the run all the same.
      this.#isOff = true
    })
  }

  async #begin(past: { run: Run; store: Store } | null): Promise<void> {
    const { run, store } = past ?? { run: null, store: null }
    if (run) {
      this.#mapping = (await store.findings.roles(run.project)) as RoleMapping
      this.#mutes = await store.findings.mutes(run.project)
    }
    // What was logged before the run was known went by the names alone.
    for (const [series, name] of this.#names) this.#watch(series, name)
    if (run && (run.attempt > 1 || run.parentId !== null)) {
      const reading = new RunReading(store, run.id, this.#mapping)
      await reading.read(run, eventLoopTurn)
      for (const finding of [...reading.diagnosis.results().findings.map((one) => fromFinding(one, 0)), ...fromRecords(reading.logged)])
        this.#told.set(finding.rule, finding.severity)
      this.#diagnosis = reading.diagnosis
    } else this.#diagnosis = new Diagnosis({ mapping: this.#mapping })
  }

  /** Looks when it is time; `ended`: now, for the last time. */
  look(now: number, ended = false): void {
    if (this.#isOff || !this.#diagnosis || (!ended && (now < this.#nextLook || !this.#isNew))) return
    const began = performance.now()
    this.#isNew = false
    try {
      this.#judge(this.#diagnosis, now, ended)
    } catch {
      // A defect of a rule must not end the storing of the run.
      this.#isOff = true
    }
    this.#nextLook = now + Math.max(LOOK_MS, REST * (performance.now() - began))
  }

  #judge(diagnosis: Diagnosis, now: number, ended: boolean): void {
    for (const watched of this.#series) watched?.take(diagnosis)
    const logged = this.#takeRecords(diagnosis)
    diagnosis.setFacts({ ...factsOfRun(this.#config), state: ended ? 'ended' : 'running' })
    for (const finding of diagnosis.results().findings) this.#say(fromFinding(finding, now))
    for (const finding of logged) this.#say(finding)
  }

  #say(finding: RunFinding): void {
    const told = this.#told.get(finding.rule)
    if (finding.severity === 'info' || (told !== undefined && compareSeverity(told, finding.severity) <= 0)) return
    this.#told.set(finding.rule, finding.severity)
    if (!this.#run || muteOf(finding, this.#run, this.#mutes) !== null) return
    this.#tell(finding)
  }

  #takeRecords(diagnosis: Diagnosis): RunFinding[] {
    const records = this.#records.splice(0)
    for (const { kind, name, step, payload } of records) {
      try {
        if (kind !== 'finding') diagnosis.addRecord(kind, name, step, recordKind(kind)?.decode(payload) ?? payload)
      } catch {
        // A rule that needs it says that it lacks it.
      }
    }
    const found = records.filter(({ kind }) => kind === 'finding')
    return fromRecords(
      found.map(({ name, kind, step, wall, payload }, id) => ({ id, runId: '', attempt: 1, name, kind, step, wall, payload, blobHash: null })),
    )
  }

  #watch(series: number, name: string): void {
    this.#series[series] = readAssignment(name, this.#mapping) === null ? null : (this.#series[series] ?? new WatchedSeries(name))
  }
}
