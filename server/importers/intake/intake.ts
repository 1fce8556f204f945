import type { ImportProgress } from '../../../core/import-report.ts'
import type { ImportNote, RowSource } from '../../../core/import-source.ts'
import type { Run } from '../../../core/run.ts'
import type { RunPatch, Store } from '../../../db/store.ts'
import { plainFacts, type RunFacts } from './run-facts.ts'
import { RunIntake } from './run-intake.ts'
import { RunStore } from './run-store.ts'
import type { SourceFile } from './source-reader.ts'

/** Waiting numbers and records at which all are stored. */
const WAITING_MAX = 65_536
/** Runs that keep what writing needs in memory. */
const HELD_RUNS = 16

/** A run that was imported before, by project and identity. */
export type KnownRuns = Map<string, { run: Run; source: RowSource }>

export const knownKey = (project: string, identity: string) => `${project}\n${identity}`

/** What all passes over a source did together. */
export interface Done {
  created: Set<string>
  grown: Set<string>
  points: number
  records: number
}

export interface IntakeContext {
  kind: RowSource['kind']
  root: string
  /** Null: nothing is written. */
  store: Store | null
  /** Ids of all runs that the store holds, and which of them came from an import. */
  ids: ReadonlySet<string>
  known: KnownRuns
  /** Keys of runs whose source was changed: they are made anew. */
  changed: ReadonlySet<string>
  /** Goes before what the source says. */
  project: string | null
  defaultProject: string
  done: Done
  progress: ImportProgress
  onProgress: () => void
  signal: AbortSignal
}

interface Open {
  run: RunIntake
  store: RunStore | null
  /** The files that told of it. */
  files: CurrentFile[]
}

interface CurrentFile extends SourceFile {
  bytes: number
  modifiedAt: number
}

/** Where a reader puts what it finds. */
export class Intake {
  /** How the source was understood, a line each. */
  readonly reading: string[] = []
  readonly notes: (ImportNote & { run: string })[] = []
  noteCount = 0
  /** Rows, lines or records read. */
  rows = 0
  readonly finished: RunIntake[] = []
  readonly projects = new Set<string>()
  readonly touched: string[] = []
  private readonly open = new Map<string, Open>()
  private readonly leftOut = new Map<string, RunIntake>()
  private readonly links: [from: string, to: string][] = []
  private readonly ids = new Map<string, string>()
  private held: RunStore[] = []
  private file: CurrentFile = { path: '', name: '', bytes: 0, modifiedAt: 0 }

  constructor(private readonly context: IntakeContext) {}

  begin(file: CurrentFile): void {
    this.file = file
  }

  /** The run of this key, made when it is new. `unique`: the key is an id that no other source has; else it is one among those of the file. */
  run(key: string, facts: Partial<RunFacts> = {}, { unique = false }: { unique?: boolean } = {}): RunIntake {
    const full = unique ? key : `${this.file.path}#${key}`
    const leftOut = this.leftOut.get(full)
    if (leftOut) return leftOut
    const known = this.open.get(full)
    if (known) {
      if (known.files.at(-1) !== this.file) known.files.push(this.file)
      return known.run
    }
    const { context } = this
    const all = { ...plainFacts(), ...facts }
    const project = context.project ?? all.project ?? context.defaultProject
    this.projects.add(project)
    const before = context.changed.has(full) ? null : (context.known.get(knownKey(project, full)) ?? null)
    // An id is kept when it is free. Who has it, when nothing was imported, is the run itself.
    const isHere = all.id !== null && before === null && !context.changed.has(full) && context.ids.has(all.id)
    if (isHere) this.note('skipped', `run ${all.name ?? full} (${all.id}) is in this store itself: nothing of it was imported`)
    if (all.id !== null && (before || context.ids.has(all.id))) all.id = null
    if (isHere) {
      const run = new RunIntake(full, all, null, true)
      this.leftOut.set(full, run)
      return run
    }
    const run = new RunIntake(full, all, before)
    const store = context.store && new RunStore(context.store, run, project, this.file.modifiedAt)
    this.open.set(full, { run, store, files: [this.file] })
    return run
  }

  /** Something that concerns no run. */
  note(what: ImportNote['what'], reason: string, at: { place?: string; offset?: number } = {}): void {
    this.noteCount++
    this.notes.push({ run: '', file: this.file.name, offset: at.offset ?? 0, ...(at.place && { place: at.place }), what, reason })
  }

  /** Says that one run is part of another, once both are stored. */
  link(from: RunIntake, to: RunIntake): void {
    this.links.push([from.key, to.key])
  }

  /** To be awaited now and then: stores what waits when it is much, and lets others have their turn. `read`: bytes since the last time. */
  async settle(read = 0): Promise<void> {
    this.context.progress.read += read
    this.context.onProgress()
    this.context.signal.throwIfAborted()
    let waiting = 0
    for (const { run } of this.open.values()) waiting += run.waitingCount
    if (waiting >= WAITING_MAX) for (const open of this.open.values()) if (open.run.waitingCount > 0) await this.flush(open)
    await new Promise((resolve) => setImmediate(resolve))
  }

  /** Nothing more comes of this run. */
  async end(run: RunIntake): Promise<void> {
    const open = this.open.get(run.key)
    if (!open) return
    for (const { name, before, now } of run.shrunk())
      run.note('changed', `${name} holds ${now} numbers here and held ${before} when it was imported: those stay`, { file: this.file.name })
    const patch = this.closing(open)
    const { known } = run
    if (run.waitingCount > 0 || known === null || isDifferent(known.run, patch)) await this.flush(open, patch)
    if (open.store?.id) this.ids.set(run.key, open.store.id)
    if (run.repeatedSteps > 0 && open.store?.id) this.touched.push(open.store.id)
    open.store?.close()
    this.open.delete(run.key)
    this.finished.push(run)
  }

  async endAll(): Promise<void> {
    for (const { run } of [...this.open.values()]) await this.end(run)
    const { store } = this.context
    if (!store) return
    for (const [from, to] of this.links) {
      const [parent, child] = [this.ids.get(from), this.ids.get(to)]
      if (parent === undefined || child === undefined) continue
      const linked = (await store.links(parent)).to.some((link) => link.role === 'member' && link.run.id === child)
      if (linked) continue
      const writer = await store.continueRun(parent, 1)
      const { status, statusReason, endedAt, heartbeatAt } = (await store.run(parent))!
      // A link is no sign of life.
      writer.flush({
        links: [{ to: child, role: 'member', step: null, hash: null, detail: {} }],
        patch: { status, statusReason, endedAt, heartbeatAt },
      })
      writer.close()
    }
  }

  close(): void {
    for (const { store } of this.open.values()) store?.close()
  }

  private async flush(open: Open, patch: RunPatch = {}): Promise<void> {
    const { run, store } = open
    const { done } = this.context
    done.points += run.waiting.points.length + run.waiting.old.length
    done.records += run.waiting.records.length
    if (run.known === null) done.created.add(run.key)
    else if (run.waitingCount > 0) done.grown.add(run.key)
    if (store === null) {
      for (const list of Object.values(run.waiting)) list.length = 0
      return
    }
    await store.flush(this.source(open), patch)
    this.held = [...this.held.filter((other) => other !== store), store]
    while (this.held.length > HELD_RUNS) this.held.shift()?.close()
  }

  private source({ run, files }: Open): RowSource {
    return {
      kind: this.context.kind,
      path: this.context.root,
      identity: run.key,
      files: files.map(({ name, bytes }) => ({ name, bytes })),
      reading: [...this.reading],
      ...run.marks(),
      points: run.points,
      records: run.recordCount,
      repeatedSteps: run.repeatedSteps,
      notes: run.notes,
      noteCount: run.noteCount,
    }
  }

  private closing({ run, files }: Open): RunPatch {
    const { status, statusReason, config, summary } = run.facts
    const last = run.lastWall ?? run.known?.run.endedAt ?? run.facts.startedAt ?? files[0]!.modifiedAt
    const endedAt = status === 'running' ? null : (run.facts.endedAt ?? last)
    return { status, statusReason, endedAt, config, summary, heartbeatAt: endedAt ?? last }
  }
}

/** Whether anything that a source says of a run changed. */
function isDifferent(run: Run, { status, endedAt, config, summary }: RunPatch): boolean {
  // One that is going on, says the source, may have been taken for crashed in the meantime.
  const sameStatus = run.status === status || (status === 'running' && run.status === 'crashed')
  return !sameStatus || (status !== 'running' && run.endedAt !== endedAt) || !isSame(run.config, config) || !isSame(run.summary, summary)
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
