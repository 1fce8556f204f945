import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import { WRITER_ID } from '../../core/ingest/batch-bytes.ts'
import { JOURNAL_FILES, type JournalOpening } from '../../core/ingest/journal.ts'
import { processState } from '../../db/sqlite/process-alive.ts'

/** A journal of another machine on a shared disk is taken for one that is still written for this long after it last grew. */
const SILENT_MS = 120_000

/** The folder of one journal: its small files. */
export class JournalFolder {
  constructor(readonly path: string) {}

  file(name: keyof typeof JOURNAL_FILES): string {
    return join(this.path, JOURNAL_FILES[name])
  }

  has(name: keyof typeof JOURNAL_FILES): boolean {
    return existsSync(this.file(name))
  }

  size(name: keyof typeof JOURNAL_FILES): number {
    return statSync(this.file(name), { throwIfNoEntry: false })?.size ?? 0
  }

  create(opening: JournalOpening): void {
    mkdirSync(this.path, { recursive: true })
    this.writeOpening(opening)
  }

  writeOpening(opening: JournalOpening): void {
    replace(this.file('open'), `${JSON.stringify(opening, null, 1)}\n`, true)
  }

  /** @throws LossboardError `malformed_batch` when the file is not what it should be */
  readOpening(): JournalOpening {
    const path = this.file('open')
    let opening: Partial<JournalOpening> | null
    try {
      opening = JSON.parse(readFileSync(path, 'utf8')) as Partial<JournalOpening> | null
    } catch (error) {
      throw new LossboardError('malformed_batch', `${path} cannot be read: ${error instanceof Error ? error.message : error}`)
    }
    if (opening?.version !== 1)
      throw new LossboardError('malformed_batch', `${path} is of version ${opening?.version}; this program knows 1: update it`)
    const { run } = opening
    if (
      typeof run !== 'object' ||
      run === null ||
      !WRITER_ID.test(String(run.writer)) ||
      typeof run.id !== 'string' ||
      typeof run.project !== 'string'
    )
      throw new LossboardError('malformed_batch', `${path} does not say which run it is of`)
    return opening as JournalOpening
  }

  /** When its run began; 0 when that cannot be read. */
  startedAt(): number {
    try {
      return this.readOpening().run.startedAt || 0
    } catch {
      return 0
    }
  }

  readAcknowledged(): number {
    try {
      const sequence = Number(readFileSync(this.file('acknowledged'), 'utf8').trim())
      return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0
    } catch {
      return 0
    }
  }

  writeAcknowledged(sequence: number): void {
    replace(this.file('acknowledged'), `${sequence}\n`, false)
  }

  /** When something was last written. */
  writtenAt(): number {
    const times = (['open', 'batches'] as const).map((name) => statSync(this.file(name), { throwIfNoEntry: false })?.mtimeMs ?? 0)
    return Math.max(...times)
  }

  /** Deletes it, and the folder of all journals when this was the last. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
    try {
      rmdirSync(dirname(this.path))
    } catch {
      // There are others.
    }
  }
}

/** Why a journal may still be written to; null when its writer is gone. */
export function whoWrites(folder: JournalFolder, opening: JournalOpening, now: number): string | null {
  if (opening.ended) return null
  const { host, pid, processStartedAt } = opening.run.environment ?? {}
  if (host === hostname() && pid !== undefined) return processState(pid, processStartedAt) === 'alive' ? `process ${pid} still writes it` : null
  const age = now - folder.writtenAt()
  return age < SILENT_MS ? `${host ? `${host} wrote it` : 'it was written'} ${Math.max(0, Math.round(age / 1000))} s ago` : null
}

/** A reader finds the old text or the new one, never half of it. */
function replace(path: string, text: string, durable: boolean): void {
  const part = `${path}.part`
  const file = openSync(part, 'w')
  try {
    writeSync(file, text)
    if (durable) fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(part, path)
}
