import type { ImportNote, RowSource, Watermark } from '../../../core/import-source.ts'
import { NOTES_MAX } from '../../../core/import-source.ts'
import type { MetricRule, Run } from '../../../core/run.ts'
import type { NewRecord } from '../../../db/store.ts'
import { recordName } from '../tfevents/record-name.ts'
import { PointDigest, RecordDigest } from './point-digest.ts'
import type { RunFacts } from './run-facts.ts'

/** The beginning of a source is not what was imported from it: it was changed, not only added to. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged'
  constructor(readonly key: string) {
    super('what was imported before was changed in the source')
  }
}

/** A number waiting to be stored. */
export interface WaitingPoint {
  name: string
  step: number
  wall: number | null
  value: number
}

interface SeriesState {
  before: Watermark
  digest: PointDigest
  lastStep: number
}

const NOTHING: Watermark = { n: 0, digest: '' }
const SAFE_STEP = 'a step must be a whole number within ±2^53'

/** Takes what a source says of one run, passes over what was imported before, and collects the rest. */
export class RunIntake {
  /** Waiting to be stored; `old`: superseded where they come from. */
  readonly waiting: { points: WaitingPoint[]; old: WaitingPoint[]; records: NewRecord[] } = { points: [], old: [], records: [] }
  /** Waiting, too; saying a rule again changes nothing. */
  readonly rules: MetricRule[] = []
  points = 0
  recordCount = 0
  repeatedSteps = 0
  firstWall: number | null = null
  lastWall: number | null = null
  readonly notes: ImportNote[] = []
  noteCount = 0
  private readonly series = new Map<string, SeriesState>()
  private readonly oldSeries = new Map<string, SeriesState>()
  private readonly records = new RecordDigest()
  private readonly names = new Map<string, string>()

  /** `known`: the run of an earlier import, with its source. */
  constructor(
    readonly key: string,
    readonly facts: RunFacts,
    readonly known: { run: Run; source: RowSource } | null,
    /** Nothing of it is taken: it is told why elsewhere. */
    private readonly isLeftOut = false,
  ) {}

  change(facts: Partial<RunFacts>): void {
    Object.assign(this.facts, facts)
  }

  /** `wall`: ms since epoch, null where the source has no time. False: the step cannot be one, and nothing was taken. */
  point(metric: string, step: number, wall: number | null, given: number, superseded = false): boolean {
    if (!Number.isSafeInteger(step)) return false
    if (this.isLeftOut) return true
    const name = this.name(metric)
    const state = this.state(name, superseded)
    // One NaN for all of them: what the bits of another one say is lost in JavaScript anyway.
    const value = Number.isNaN(given) ? Number.NaN : given
    state.digest.add(step, wall, value)
    this.points++
    if (superseded || step <= state.lastStep) this.repeatedSteps++
    state.lastStep = Math.max(state.lastStep, step)
    this.seen(wall)
    if (this.isKnown(state.digest, state.before)) return true
    this.waiting[superseded ? 'old' : 'points'].push({ name, step, wall, value })
    return true
  }

  record(record: NewRecord): void {
    if (this.isLeftOut) return
    const { blob, ...plain } = record
    this.records.add({ ...plain, blob: blob?.length ?? null })
    this.recordCount++
    this.seen(record.wall)
    if (!this.isKnown(this.records, this.known?.source.recordMark ?? NOTHING)) this.waiting.records.push({ ...record, name: this.name(record.name) })
  }

  note(what: ImportNote['what'], reason: string, at: { file: string; place?: string; offset?: number }): void {
    if (this.isLeftOut) return
    this.noteCount++
    if (this.notes.length < NOTES_MAX) this.notes.push({ file: at.file, offset: at.offset ?? 0, ...(at.place && { place: at.place }), what, reason })
  }

  /** A step that cannot be one, told. */
  badStep(step: unknown, at: { file: string; place?: string }): void {
    this.note('skipped', `its step is ${JSON.stringify(step)?.slice(0, 40)}: ${SAFE_STEP}`, at)
  }

  get waitingCount(): number {
    const { points, old, records } = this.waiting
    return points.length + old.length + records.length
  }

  /** Series in which fewer numbers came than were imported before. */
  shrunk(): { name: string; before: number; now: number }[] {
    const { source } = this.known ?? {}
    return Object.entries(source?.marks ?? {}).flatMap(([name, { n }]) => {
      const now = this.series.get(name)?.digest.n ?? 0
      return now < n ? [{ name, before: n, now }] : []
    })
  }

  /** How far everything was taken. What is in `waiting` counts as taken. */
  marks(): Pick<RowSource, 'marks' | 'supersededMarks' | 'recordMark'> {
    const { source } = this.known ?? {}
    return {
      marks: { ...source?.marks, ...marksOf(this.series) },
      supersededMarks: { ...source?.supersededMarks, ...marksOf(this.oldSeries) },
      recordMark: later(this.records.mark(), source?.recordMark),
    }
  }

  private state(name: string, superseded: boolean): SeriesState {
    const all = superseded ? this.oldSeries : this.series
    let state = all.get(name)
    if (!state) {
      const before = (superseded ? this.known?.source.supersededMarks : this.known?.source.marks)?.[name] ?? NOTHING
      state = { before, digest: new PointDigest(), lastStep: Number.NEGATIVE_INFINITY }
      all.set(name, state)
    }
    return state
  }

  /** Whether an earlier import took what was just added; throws where it was something else then. */
  private isKnown(digest: PointDigest | RecordDigest, before: Watermark): boolean {
    if (digest.n > before.n) return false
    if (digest.n === before.n && digest.mark().digest !== before.digest) throw new SourceChanged(this.key)
    return true
  }

  private name(given: string): string {
    let name = this.names.get(given)
    if (name === undefined) {
      name = recordName(given)
      this.names.set(given, name)
    }
    return name
  }

  private seen(wall: number | null): void {
    if (wall === null || !Number.isFinite(wall)) return
    if (this.firstWall === null || wall < this.firstWall) this.firstWall = wall
    if (this.lastWall === null || wall > this.lastWall) this.lastWall = wall
  }
}

function marksOf(series: Map<string, SeriesState>): Record<string, Watermark> {
  return Object.fromEntries([...series].map(([name, { before, digest }]) => [name, later(digest.mark(), before)]))
}

/** What was taken stays taken, also where less of it came this time. */
function later(now: Watermark, before: Watermark | undefined): Watermark {
  return before && before.n > now.n ? before : now
}
