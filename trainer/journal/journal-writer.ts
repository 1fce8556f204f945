import { closeSync, existsSync, fdatasync, fdatasyncSync, ftruncateSync, openSync, utimesSync, writeSync } from 'node:fs'
import { LossboardError } from '../../core/errors.ts'
import { encodeBatch } from '../../core/ingest/encode-batch.ts'
import { frameHead, type JournalOpening } from '../../core/ingest/journal.ts'
import type { FlushBatch } from '../../db/store.ts'
import type { JournalFolder } from './journal-folder.ts'

/** The process may be killed at any time without loss; a machine that loses power loses what was written within this time. */
const SYNC_MS = 1_000

/** Appends batches to a journal. All writing is synchronous: what `append` returned from survives the process. */
export class JournalWriter {
  #file: number
  #size = 0
  #sequence = 0
  #syncing = false
  #syncedAt = 0
  #unsynced = false
  /** Half a frame could not be taken back: the file is to be shortened to this before anything else is written. */
  #torn: number | null = null
  #lookedAt = Date.now()

  constructor(
    readonly folder: JournalFolder,
    readonly opening: JournalOpening,
  ) {
    folder.create(opening)
    this.#file = openSync(folder.file('batches'), 'a')
  }

  /** Sequence of the last batch written. */
  get sequence(): number {
    return this.#sequence
  }

  get size(): number {
    return this.#size
  }

  encode(batch: FlushBatch, place: number): Uint8Array {
    return encodeBatch({ writer: this.opening.run.writer, sequence: this.#sequence + 1 + place, batch })
  }

  /**
   * Writes all of these batches, made by `encode` with places 0, 1, 2 …, or none.
   * @throws LossboardError `disk_full`, `store_busy`: nothing was written, it may be tried again
   */
  append(batches: readonly Uint8Array[]): void {
    if (batches.length === 0) return
    const before = this.#size
    try {
      if (this.#torn !== null) ftruncateSync(this.#file, this.#torn)
      this.#torn = null
      for (const batch of batches) {
        this.#write(frameHead(batch.length))
        this.#write(batch)
      }
    } catch (error) {
      this.#size = before
      try {
        ftruncateSync(this.#file, before)
      } catch {
        this.#torn = before
      }
      throw writeError(error, this.folder.path)
    }
    this.#sequence += batches.length
    this.#unsynced = true
  }

  /** Brings what was written to the disk itself, in the background, now and then. */
  sync(now: number): void {
    if (!this.#unsynced || this.#syncing || now - this.#syncedAt < SYNC_MS) return
    this.#syncing = true
    this.#unsynced = false
    this.#syncedAt = now
    fdatasync(this.#file, () => {
      this.#syncing = false
    })
  }

  /** True when somebody deleted the journal under us: it is then begun again, and the sequences go on. */
  restoreIfDeleted(now: number): boolean {
    if (now - this.#lookedAt < SYNC_MS) return false
    this.#lookedAt = now
    if (existsSync(this.folder.file('batches')) && existsSync(this.folder.file('open'))) return false
    try {
      this.folder.create(this.opening)
      const file = openSync(this.folder.file('batches'), 'a')
      closeSync(this.#file)
      this.#file = file
      this.#size = 0
    } catch (error) {
      throw writeError(error, this.folder.path)
    }
    return true
  }

  /** A sign of life for whoever looks from another machine. */
  touch(now: number): void {
    try {
      utimesSync(this.folder.file('batches'), now / 1000, now / 1000)
    } catch {
      // A sign missed is made up by the next one.
    }
  }

  /** Forgets what is in the file: all of it is acknowledged, and that is written down. */
  clear(): void {
    ftruncateSync(this.#file, 0)
    this.#size = 0
  }

  close(): void {
    try {
      if (this.#size > 0) fdatasyncSync(this.#file)
    } catch {
      // It is in the system's hands: only a loss of power can lose it.
    }
    closeSync(this.#file)
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at)
    this.#size += bytes.length
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])

export function writeError(error: unknown, path: string): LossboardError {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (FULL.has(code)) return new LossboardError('disk_full', `no space is left for the journal ${path}: free some`, { cause: error })
  if (DENIED.has(code))
    return new LossboardError('store_not_writable', `the journal ${path} cannot be written (${code}): check the permissions`, { cause: error })
  return new LossboardError('store_busy', `the journal ${path} cannot be written now: ${message}`, { cause: error })
}
