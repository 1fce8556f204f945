import { statSync } from 'node:fs'
import { join } from 'node:path'
import { isLossboardError } from '../../../core/errors.ts'
import type { ImportProgress, ImportReport } from '../../../core/import-report.ts'
import { type ImportSource, newImportSource } from '../../../core/import-source.ts'
import type { Run } from '../../../core/run.ts'
import { VERSION } from '../../../core/version.ts'
import { randomId } from '../../../db/random-id.ts'
import type { Store } from '../../../db/store.ts'
import { type FoundFiles, findEventFiles } from './find-event-files.ts'
import { readSignatures, type Signature } from './first-record.ts'
import { importReport, type Tally, tally } from './make-report.ts'
import { PointColumns } from './point-columns.ts'
import { RecordReader } from './record-reader.ts'
import { type ImportContext, RunImport } from './run-import.ts'

export interface LogdirOptions {
  /** Absolute path of the folder (or of one event file). */
  root: string
  project: string
  /** The store is a picture of the folder: runs whose files are gone are removed from it. Default false: they stay. */
  mirror?: boolean
  signal: AbortSignal
  onProgress?: (progress: ImportProgress) => void
}

/** Runs that grew lately keep what writing needs in memory; the others read it again when they grow. */
const HELD_RUNS = 8
/** A run is going on while its files grow at least this often. */
const LIVE_MS = 30_000

/** Brings a folder of TensorBoard logs into a store, and keeps it there as it grows. One at a time per store: `lockImport` sees to it. */
export class LogdirImport {
  private readonly runs = new Map<string, RunImport>()
  private readonly context: ImportContext
  private readonly progress: ImportProgress = { total: 0, read: 0 }
  private held: RunImport[] = []
  private looked = false
  /** Runs that were deleted from the store while they were followed. */
  private readonly deleted = new Set<string>()
  private found: FoundFiles = { runs: new Map(), folders: 0, others: 0, unreadable: [] }
  private created = new Set<RunImport>()
  private grown = new Set<RunImport>()
  private before: Tally = { events: 0, points: 0, records: 0, bytes: 0 }

  constructor(
    private readonly store: Store,
    private readonly options: LogdirOptions,
  ) {
    this.context = {
      store,
      reader: new RecordReader(),
      columns: new PointColumns(),
      signal: options.signal,
      onBytes: (bytes) => {
        this.progress.read += bytes
        options.onProgress?.(this.progress)
      },
    }
  }

  /** Looks for folders and files: new ones become runs. */
  async look(): Promise<void> {
    this.found = await findEventFiles(this.options.root)
    const fresh = [...this.found.runs].filter(([name]) => !this.runs.has(name) && !this.deleted.has(name))
    const isGone = [...this.runs.keys()].some((name) => !this.found.runs.has(name))
    if (fresh.length > 0 || !this.looked || (this.options.mirror && isGone)) await this.adopt(fresh)
    this.looked = true
    this.count()
  }

  /** Reads what is new in all files. `live`: runs that grow are shown as going on. Returns whether anything changed. */
  async read(live: boolean): Promise<boolean> {
    let changed = false
    for (const [name, { files }] of this.found.runs) {
      const run = this.runs.get(name)
      if (!run || this.options.signal.aborted) continue
      try {
        if (await run.read(files)) {
          changed = true
          if (!this.created.has(run)) this.grown.add(run)
          this.hold(run)
        }
        await run.settle(live && Date.now() - run.writtenAt < LIVE_MS)
        if (!live) run.release()
      } catch (error) {
        if (!isLossboardError(error) || error.code !== 'not_found') throw error
        this.drop(name, run)
        changed = true
      }
    }
    return changed
  }

  report(): Promise<ImportReport> {
    const imports = [...this.runs].filter(([name]) => this.found.runs.has(name)).map(([, run]) => run)
    const { root, project } = this.options
    return importReport(this.store, imports, {
      root,
      project,
      newRuns: this.created.size,
      grownRuns: this.grown.size,
      before: this.before,
      unreadable: this.found.unreadable,
    })
  }

  /** What was found at the last look. */
  get files(): FoundFiles {
    return this.found
  }

  close(): void {
    for (const run of this.runs.values()) run.release()
  }

  /** Finds the runs that were imported before, and makes those that were not. */
  private async adopt(fresh: [string, { folder: string; files: string[] }][]): Promise<void> {
    const { project, mirror } = this.options
    const known = (await this.store.overview({ project }, [])).runs.flatMap((run) => {
      const { source } = run.environment
      return source?.kind === 'tfevents' ? [{ ...run, source }] : []
    })
    for (const [name, { folder, files }] of fresh) {
      const signatures = readSignatures(folder, files)
      const same = known.find((run) => run.name === name && isSame(run.source, folder, signatures))
      if (same) this.add(name, same, { ...same.source, folder })
      else await this.create(name, folder, signatures)
    }
    // What could not be looked into may be there still.
    if (mirror && this.found.unreadable.length === 0) await this.forget(known)
  }

  private add(name: string, run: Run, source: ImportSource): void {
    this.runs.set(name, new RunImport(this.context, run, source))
    const { events, points, records, bytes } = tally([source])
    this.before = {
      events: this.before.events + events,
      points: this.before.points + points,
      records: this.before.records + records,
      bytes: this.before.bytes + bytes,
    }
  }

  private async create(name: string, folder: string, signatures: Signature[]): Promise<void> {
    const startedAt = signatures.find(({ wall }) => wall !== null)?.wall ?? signatures[0]?.modifiedAt ?? Date.now()
    const source = newImportSource(folder)
    const id = randomId()
    const writer = await this.store.createRun({
      id,
      project: this.options.project,
      name,
      group: null,
      jobType: null,
      tags: [],
      notes: '',
      startedAt,
      config: {},
      environment: { writer: 'TensorBoard event files', source },
      seed: null,
      parentId: null,
      forkStep: null,
      writerVersion: VERSION,
    })
    writer.close()
    const run = new RunImport(this.context, { id, name, attempt: 1, config: {}, status: 'running', startedAt }, source)
    this.runs.set(name, run)
    this.created.add(run)
  }

  /** A picture does not show what is gone. */
  private async forget(known: Run[]): Promise<void> {
    const shown = new Set([...this.runs].filter(([name]) => this.found.runs.has(name)).map(([, { run }]) => run.id))
    const gone = known.filter(({ id }) => !shown.has(id))
    for (const [name, run] of this.runs) {
      if (this.found.runs.has(name)) continue
      run.release()
      this.runs.delete(name)
    }
    if (gone.length > 0) await this.store.removeRuns(gone.map(({ id }) => id))
  }

  /** Somebody deleted the run: it stays away while this import goes on. */
  private drop(name: string, run: RunImport): void {
    this.context.columns.clear()
    this.held = this.held.filter((other) => other !== run)
    this.runs.delete(name)
    this.deleted.add(name)
  }

  private hold(run: RunImport): void {
    this.held = [...this.held.filter((other) => other !== run), run]
    while (this.held.length > HELD_RUNS) this.held.shift()?.release()
  }

  private count(): void {
    if (!this.options.onProgress) return
    let unread = 0
    for (const [name, { folder, files }] of this.found.runs) {
      const source = this.runs.get(name)?.source
      for (const file of files) {
        const size = statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0
        unread += Math.max(0, size - (source?.files.find((one) => one.name === file)?.read ?? 0))
      }
    }
    this.progress.total = this.progress.read + unread
  }
}

/** Whether a run was imported from these files: it shares one with them; or has none that could tell, from the same folder. */
function isSame(source: ImportSource, folder: string, signatures: Signature[]): boolean {
  const told = source.files.filter(({ id }) => id !== null)
  if (told.length === 0) return source.folder === folder
  return told.some((file) => signatures.some(({ name, id }) => name === file.name && id === file.id))
}
