import { asShown } from '../../core/as-shown.ts'
import { Diagnosis } from '../../core/diagnosis/diagnosis.ts'
import { factsOfRun } from '../../core/diagnosis/facts/facts-of-run.ts'
import { RATIO_HISTOGRAM } from '../../core/diagnosis/facts/point-of-record.ts'
import { readAssignment } from '../../core/diagnosis/roles/read-assignment.ts'
import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { recordKind } from '../../core/kinds/registry.ts'
import type { Run, SeriesSummary } from '../../core/run.ts'
import type { RecordKey, StoredRecord } from '../../core/stored-record.ts'
import type { Store } from '../store.ts'

/** Records that rules read; of each name the newest. */
const READ_KINDS = new Set(['model', 'facts', 'confusion-matrix'])
/** Findings logged by the training code that are looked at, of each name. */
const FINDINGS_MAX = 1_000

/** Lets others have their turn; called after each piece of work of some milliseconds. */
export type Pause = () => Promise<unknown>

/**
 * Reads a run out of a store into the diagnosis. Reading it again takes in only what came since; where that is not possible, because an
 * earlier point was replaced, it begins anew. Keeps the state of the diagnosis, whose size does not grow with the run.
 */
export class RunReading {
  diagnosis: Diagnosis
  /** Findings that the training code logged. */
  logged: StoredRecord[] = []
  readonly #store: Store
  readonly #runId: string
  readonly #mapping: RoleMapping
  /** What was read of each series. */
  #read = new Map<string, { n: number; superseded: number; lastStep: number }>()
  #records = new Map<string, string>()
  /** Step of the last histogram read, by name. */
  #histograms = new Map<string, number>()

  constructor(store: Store, runId: string, mapping: RoleMapping) {
    this.#store = store
    this.#runId = runId
    this.#mapping = mapping
    this.diagnosis = new Diagnosis({ mapping })
  }

  async read(run: Run, pause: Pause): Promise<void> {
    const all = (await this.#store.series(this.#runId)).filter(({ name }) => readAssignment(name, this.#mapping) !== null)
    if (all.some((series) => this.#isReplaced(series)) || [...this.#read.keys()].some((name) => !all.some((one) => one.name === name)))
      this.#restart()
    for (const series of all) if (!(await this.#readSeries(series, pause))) return this.#readAnew(run, all, pause)
    await this.#finishReading(run, pause)
  }

  async #readAnew(run: Run, all: readonly SeriesSummary[], pause: Pause): Promise<void> {
    this.#restart()
    for (const series of all) await this.#readSeries(series, pause)
    await this.#finishReading(run, pause)
  }

  async #finishReading(run: Run, pause: Pause): Promise<void> {
    const keys = await this.#store.recordKeys(this.#runId)
    await this.#readRecords(keys, pause)
    await this.#readHistograms(keys, pause)
    const { status, config, summary } = asShown(run, Date.now())
    this.diagnosis.setFacts({ ...factsOfRun({ config, summary }), state: status === 'running' ? 'running' : 'ended' })
    this.diagnosis.now(Date.now())
  }

  #restart(): void {
    this.diagnosis = new Diagnosis({ mapping: this.#mapping })
    this.#read = new Map()
    this.#records = new Map()
    this.#histograms = new Map()
  }

  #isReplaced({ name, n, superseded }: SeriesSummary): boolean {
    const read = this.#read.get(name)
    return read !== undefined && (read.superseded !== superseded || read.n > n)
  }

  /** False when what came since is not what follows: a point lies before the last one read. */
  async #readSeries({ name, n, superseded }: SeriesSummary, pause: Pause): Promise<boolean> {
    const before = this.#read.get(name)
    if (before?.n === n) return true
    let count = before?.n ?? 0
    let lastStep = before?.lastStep ?? Number.NEGATIVE_INFINITY
    const from = before ? before.lastStep + 1 : undefined
    for await (const { step, value, wall } of this.#store.points(this.#runId, name, { ...(from !== undefined && { from }) })) {
      this.diagnosis.add(name, step, value, wall)
      count += step.length
      lastStep = step[step.length - 1] ?? lastStep
      await pause()
    }
    this.#read.set(name, { n: count, superseded, lastStep })
    // More may have been logged since the summary was made; less means that something came in before `from`.
    return before === undefined || count >= n
  }

  async #readRecords(keys: readonly RecordKey[], pause: Pause): Promise<void> {
    for (const { name, kind, n, lastStep } of keys) {
      const state = `${n} ${lastStep}`
      if ((!READ_KINDS.has(kind) && kind !== 'finding') || this.#records.get(`${kind} ${name}`) === state) continue
      this.#records.set(`${kind} ${name}`, state)
      const limit = kind === 'finding' ? FINDINGS_MAX : 1
      const records = await this.#store.records({ runId: this.#runId, kind, name, last: true, limit })
      await pause()
      if (kind === 'finding') this.logged = [...this.logged.filter((one) => one.name !== name), ...records]
      else for (const record of records) this.#takeRecord(record)
    }
  }

  /** Histograms of update ratios, where the ratios themselves were not logged. */
  async #readHistograms(keys: readonly RecordKey[], pause: Pause): Promise<void> {
    for (const { name, kind, lastStep } of keys) {
      if (kind !== 'histogram' || !name.startsWith(RATIO_HISTOGRAM) || this.#read.has(name.replace('-histogram/', '/'))) continue
      const before = this.#histograms.get(name)
      if (before !== undefined && before >= lastStep) continue
      const records = await this.#store.records({ runId: this.#runId, kind, name, ...(before !== undefined && { fromStep: before + 1 }) })
      for (const record of records) this.#takeRecord(record)
      this.#histograms.set(name, lastStep)
      await pause()
    }
  }

  #takeRecord({ kind, name, step, payload }: StoredRecord): void {
    try {
      this.diagnosis.addRecord(kind, name, step, recordKind(kind)?.decode(payload) ?? payload)
    } catch {
      // Of a later version, or written by another program: a rule that needs it says that it lacks it.
    }
  }
}
