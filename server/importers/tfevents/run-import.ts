import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportedFile, ImportRestart, ImportSource } from '../../../core/import-source.ts'
import type { Run, RunStatus } from '../../../core/run.ts'
import type { Store } from '../../../db/store.ts'
import { EventIntake } from './event-intake.ts'
import { readFirstRecord } from './first-record.ts'
import type { PointColumns } from './point-columns.ts'
import type { ReadEnd, RecordReader } from './record-reader.ts'
import { RunTarget } from './run-target.ts'

/** What all runs of an import share. */
export interface ImportContext {
  store: Store
  reader: RecordReader
  columns: PointColumns
  /** Told after each piece of a file: bytes read since the last time. */
  onBytes(bytes: number): void
  signal: AbortSignal
}

/** Brings one folder of event files into one run, and goes on with it whenever the files have grown. */
export class RunImport {
  /** When a file was last written, ms since epoch. */
  writtenAt = 0
  private changed = false
  private readonly target: RunTarget
  private readonly intake: EventIntake
  private readonly opened = new Map<string, number>()
  private loaded = false
  private status: RunStatus

  constructor(
    private readonly context: ImportContext,
    readonly run: Pick<Run, 'id' | 'name' | 'attempt' | 'config' | 'status' | 'startedAt'>,
    readonly source: ImportSource,
  ) {
    this.target = new RunTarget(context.store, run.id, run.attempt, run.config, context.columns)
    this.intake = new EventIntake(this.target, source, context.columns)
    this.status = run.status
  }

  /** Reads what is new in the files, in the order of their names. Returns whether there was anything. */
  async read(names: readonly string[]): Promise<boolean> {
    let changed = false
    for (const name of names) {
      if (this.context.signal.aborted) break
      if (await this.readFile(name)) changed = true
    }
    if (changed) this.changed = true
    return changed
  }

  private async readFile(name: string): Promise<boolean> {
    let descriptor: number
    try {
      descriptor = openSync(join(this.source.folder, name), 'r')
    } catch (error) {
      // Rotated away between looking and reading.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      this.intake.values.note('skipped', `cannot be opened (${(error as NodeJS.ErrnoException).code})`, { file: name, offset: 0 })
      return false
    }
    try {
      const { size, ino, mtimeMs } = fstatSync(descriptor)
      this.writtenAt = Math.max(this.writtenAt, mtimeMs)
      const known = this.source.files.length
      const file = await this.file(name, descriptor, size, ino)
      const isNew = this.source.files.length > known
      if (!isNew && file.bytes === size) return false
      // A file without a byte is listed too.
      if (size === 0) await this.target.flush(file.attempt, this.source)
      else await this.readFrom(descriptor, file, size)
      return true
    } finally {
      closeSync(descriptor)
    }
  }

  private async readFrom(descriptor: number, file: ImportedFile, size: number): Promise<void> {
    const { reader, onBytes, signal } = this.context
    await this.load()
    this.intake.begin(file)
    let told = file.read
    const end = await this.untilUnreadable(
      file,
      () => told,
      () =>
        reader.read(descriptor, file.read, {
          record: (bytes, view, from, to, offset) => this.intake.record(bytes, view, from, to, offset),
          passed: (offset, reason) => this.intake.values.note('skipped', reason, { file: file.name, offset }),
          pause: async (read) => {
            onBytes(read - told)
            told = read
            const restart = this.intake.takeRestart()
            if (restart || this.intake.isFull) {
              file.read = read
              // Not its size: an import that ends here must not take the file for read when it comes again.
              file.bytes = read
              await this.target.flush(file.attempt, this.source)
              this.intake.stored()
            }
            if (restart) await this.restart(file, restart)
            // Others on this thread (a message to stop) get their turn.
            await new Promise((resolve) => setImmediate(resolve))
            signal.throwIfAborted()
          },
        }),
    )
    file.read = end.read
    file.bytes = Math.max(size, end.read)
    const stopped = end.end === 'stopped'
    if (stopped && !file.stopped)
      this.intake.values.note('skipped', `the length of a record is damaged: the ${file.bytes - end.read} bytes from here on cannot be read`, {
        file: file.name,
        offset: end.read,
      })
    file.stopped = stopped
    await this.target.flush(file.attempt, this.source)
  }

  /** A disk or network that fails in the middle ends the reading of this file for now; what came before is kept. */
  private async untilUnreadable(file: ImportedFile, read: () => number, work: () => Promise<ReadEnd>): Promise<ReadEnd> {
    try {
      return await work()
    } catch (error) {
      const { syscall, code } = error as NodeJS.ErrnoException
      if (syscall !== 'read') throw error
      this.intake.values.note('skipped', `cannot be read from here on (${code})`, { file: file.name, offset: read() })
      return { read: read(), end: 'short' }
    }
  }

  private async restart(file: ImportedFile, restart: Omit<ImportRestart, 'file'>): Promise<void> {
    this.source.restarts.push({ file: file.name, ...restart })
    const forkStep = restart.by === 'start' ? restart.step : null
    file.attempt = await this.target.newAttempt(forkStep, this.intake.wall, this.source)
    this.status = 'running'
    this.intake.attemptBegun(forkStep)
  }

  /** State of a file; a new one when it was never seen, or is another one of the same name. */
  private async file(name: string, descriptor: number, size: number, inode: number): Promise<ImportedFile> {
    const known = this.source.files.find((file) => file.name === name)
    const same = known && this.opened.get(name) === inode && size >= known.read && known.id !== null
    if (same) return known
    this.opened.set(name, inode)
    const { id } = readFirstRecord(descriptor)
    if (known && (known.id === null || known.id === id) && size >= known.read) {
      known.id = id
      return known
    }
    if (known) {
      // Replaced: what the old one held stays, under a name that tells them apart.
      known.name = `${name} (before it was rewritten)`
      this.source.restarts.push({ file: name, offset: 0, step: 0, by: 'rewritten' })
      const attempt = await this.target.newAttempt(null, Date.now(), this.source)
      this.status = 'running'
      return this.addFile(name, id, attempt)
    }
    return this.addFile(name, id, this.target.attempt)
  }

  private addFile(name: string, id: string | null, attempt: number): ImportedFile {
    const file: ImportedFile = { name, id, bytes: 0, read: 0, events: 0, version: null, attempt, stopped: false }
    this.source.files.push(file)
    return file
  }

  /** How far the tags of a run that is there already have come. */
  private async load(): Promise<void> {
    if (this.loaded) return
    this.loaded = true
    if (this.source.points > 0)
      for (const { name, lastStep } of await this.context.store.series(this.run.id)) this.intake.load(name, lastStep, this.target.attempt)
    if (this.source.records > 0)
      for (const { name, lastStep } of await this.context.store.recordKeys(this.run.id)) this.intake.load(name, lastStep, this.target.attempt)
  }

  /** Says whether the run goes on. When it does not: that it ended with its last event, as well as the files say how. */
  async settle(live: boolean): Promise<void> {
    const { metrics } = this.source
    const status = live ? 'running' : !this.changed && this.status !== 'running' ? this.status : (this.intake.values.status ?? 'finished')
    const summaryIsDue = this.intake.summaryIsDue && metrics.length > 0
    if (status === this.status && !summaryIsDue) return
    const series = status === 'running' && !summaryIsDue ? [] : await this.context.store.series(this.run.id)
    const endedAt =
      status === 'running'
        ? null
        : series.reduce((latest, { lastWall }) => Math.max(latest, lastWall), Math.max(this.intake.wall, this.run.startedAt))
    const last = series.filter(({ name }) => metrics.includes(name)).map(({ name, last }) => [name, Number.isFinite(last) ? last : String(last)])
    this.target.change({ status, statusReason: null, endedAt, ...(summaryIsDue && { summary: Object.fromEntries(last) }) })
    await this.target.flush(this.target.attempt, this.source)
    this.status = status
    this.intake.summaryIsDue = false
  }

  release(): void {
    this.target.release()
  }
}
