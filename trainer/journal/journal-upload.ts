import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { decodeBatch } from '../../core/ingest/decode-batch.ts'
import { encodeBatch } from '../../core/ingest/encode-batch.ts'
import { frameHead, type JournalOpening } from '../../core/ingest/journal.ts'
import type { BatchAnswer, OpenRunAnswer } from '../../core/ingest/protocol.ts'
import type { WireBatch } from '../../core/ingest/wire-batch.ts'
import { randomId } from '../../db/random-id.ts'
import { FrameReader, type JournalFrame } from './frame-reader.ts'
import type { JournalFolder } from './journal-folder.ts'
import type { Receiver, Reply } from './server-client.ts'

/** Told by an upload; each of them may come often, saying it once is up to the listener. */
export interface UploadListener {
  opened(answer: OpenRunAnswer): void
  /** The run could not be had as asked for, and training has begun: what was done instead. */
  changed(what: string): void
  /** The server will never take this batch: it stays in the journal, and the others go on. */
  kept(sequence: number, bytes: number, why: string): void
  /** Batches that are neither in the journal nor confirmed: empty ones take their places. */
  missing(from: number, to: number): void
  /** The server no longer has batches that it had confirmed. */
  rolledBack(from: number, to: number): void
}

export type UploadStep =
  | { state: 'sent'; answer?: BatchAnswer }
  /** Everything in the journal is acknowledged. */
  | { state: 'done' }
  /** Not now: try again, at the earliest after so many ms. */
  | { state: 'later'; why: string; afterMs: number }
  /** The server refuses; it may change its mind when somebody mends something there. */
  | { state: 'refused'; status: number; code: string; why: string }

/** A batch on its way, in the place of one that is refused: `whole` is that one, and so much of it is left out. */
type Outgoing = JournalFrame & { without?: 'records' | 'everything'; whole?: Uint8Array }

/** Said about the batch itself: the next one may be fine. */
const OF_THE_BATCH = new Set([400, 413, 422])

/** Brings one journal to a server: makes the run, then one batch after the other, each until the server has confirmed it. */
export class JournalUpload {
  readonly #reader: FrameReader
  #acknowledged: number
  /** As it stands in the file. */
  #written: number
  #answer: OpenRunAnswer | null = null
  /** Told to be missing up to here. */
  #missingTo = 0
  /** The batch on its way, until it is confirmed. */
  #current: Outgoing | null = null

  constructor(
    readonly folder: JournalFolder,
    readonly opening: JournalOpening,
    readonly receiver: Receiver,
    readonly listener: UploadListener,
    acknowledged: number,
    /** Batches that are not in the log any more, by sequence. */
    readonly others: (sequence: number) => Uint8Array | null = () => null,
  ) {
    this.#acknowledged = acknowledged
    this.#written = acknowledged
    this.#reader = new FrameReader(folder.file('batches'), this.#acknowledged)
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  /** The server's answer; null so long as the run is not open there. */
  get run(): OpenRunAnswer | null {
    return this.#answer
  }

  /** Bytes of the log that are done with. */
  get position(): number {
    return this.#reader.offset
  }

  /** Bytes at the end of the file that make no whole batch. */
  get rest(): number {
    return this.#reader.rest()
  }

  /** Makes the run on the server, or sends the next batch. */
  async step(): Promise<UploadStep> {
    if (!this.#answer) return this.#open()
    const frame = this.#next()
    return frame ? this.#send(frame, this.#answer.id) : { state: 'done' }
  }

  /** Writes down what is acknowledged. After a kill, what was not written is sent again, and the server takes it once. */
  save(): void {
    if (this.#written === this.#acknowledged) return
    this.folder.writeAcknowledged(this.#acknowledged)
    this.#written = this.#acknowledged
  }

  /** The file was shortened to nothing. */
  restart(): void {
    this.#current = null
    this.#reader.rewind(this.#acknowledged)
  }

  close(): void {
    this.#reader.close()
  }

  async #open(): Promise<UploadStep> {
    const reply = await this.receiver.open({ ...this.opening.run, sentAt: Date.now(), clock: 'adjust' })
    if (reply.kind === 'ok') {
      this.#answer = reply.body
      this.#acknowledged = Math.max(this.#acknowledged, reply.body.lastSequence)
      this.listener.opened(reply.body)
      return { state: 'sent' }
    }
    return this.#otherwise(reply)
  }

  /**
   * Called when nobody can be told "no" any more: a run that exists already becomes a new one, and one that is missing is made.
   * True when the next step may succeed.
   */
  openOtherwise({ code }: { code: string }): boolean {
    const { run } = this.opening
    if (code === 'run_exists') {
      const id = `${run.id.slice(0, 53)}-${randomId()}`
      this.listener.changed(`run "${run.id}" exists already on ${this.receiver.name}: it is stored as a new run, ${id}`)
      run.id = id
    } else if (code === 'not_found' && run.resume === 'must') {
      this.listener.changed(`${this.receiver.name} has no run "${run.id}" to resume: it is stored as a new run of that id`)
      run.resume = 'allow'
    } else return false
    this.folder.writeOpening(this.opening)
    return true
  }

  /** Past what was acknowledged before, too: the file is shortened only now and then. */
  #next(): Outgoing | null {
    if (this.#current) return this.#current
    for (;;) {
      const before = this.#reader.offset
      const frame = this.#reader.next()
      if (!frame) return null
      if (frame.sequence <= this.#acknowledged) continue
      this.#current = frame
      if (frame.sequence > this.#acknowledged + 1) {
        // The one between is nowhere: its place is taken, so that what follows can go on.
        this.#reader.offset = before
        const sequence = this.#acknowledged + 1
        const bytes = this.others(sequence)
        if (!bytes && this.#missingTo < sequence) {
          this.#missingTo = frame.sequence - 1
          this.listener.missing(sequence, this.#missingTo)
        }
        this.#current = bytes ? { sequence, bytes, damaged: false } : this.#empty(sequence)
      }
      return this.#current
    }
  }

  async #send(frame: Outgoing, runId: string): Promise<UploadStep> {
    const { sequence, bytes } = frame
    const reply = frame.damaged ? DAMAGED : await this.receiver.batch(runId, sequence, bytes)
    if (reply.kind === 'ok') return this.#confirmed(sequence, reply.body)
    if (reply.kind === 'refused' && reply.code === 'sequence_gap' && reply.expected !== undefined && reply.expected < sequence)
      return this.#back(reply.expected)
    if (reply.kind === 'refused' && OF_THE_BATCH.has(reply.status) && frame.without !== 'everything') return this.#keep(frame, reply.message)
    return this.#otherwise(reply)
  }

  #confirmed(sequence: number, answer: BatchAnswer): UploadStep {
    this.#acknowledged = sequence
    this.#current = null
    return { state: 'sent', answer }
  }

  /** The server's store was put back to an older state. What the journal still has is sent again. */
  #back(expected: number): UploadStep {
    this.listener.rolledBack(expected, this.#acknowledged)
    this.#acknowledged = expected - 1
    this.restart()
    return { state: 'sent' }
  }

  /**
   * What is refused is safe in `kept.log` before something else takes its sequence: the numbers without the records, which a server may
   * refuse for their size or kind; when those are refused too, nothing.
   */
  #keep({ sequence, bytes, damaged, without, whole = bytes }: Outgoing, why: string): UploadStep {
    const numbers = damaged || without ? null : withoutRecords(bytes)
    const kept = numbers ? numbers.records : whole
    appendDurably(this.folder.file('kept'), Buffer.concat([frameHead(kept.length), kept]))
    this.#current = numbers ? { sequence, bytes: numbers.rest, damaged: false, without: 'records', whole } : this.#empty(sequence)
    this.listener.kept(sequence, kept.length, why)
    return { state: 'sent' }
  }

  #empty(sequence: number): Outgoing {
    return { sequence, bytes: encodeBatch({ writer: this.opening.run.writer, sequence, batch: {} }), damaged: false, without: 'everything' }
  }

  #otherwise(reply: Exclude<Reply<unknown>, { kind: 'ok' }>): UploadStep {
    if (reply.kind === 'later') return { state: 'later', why: reply.why, afterMs: reply.afterMs }
    return { state: 'refused', status: reply.status, code: reply.code, why: `${reply.status}: ${reply.message}` }
  }
}

const DAMAGED: Reply<never> = { kind: 'refused', status: 400, code: 'malformed_batch', message: 'the disk changed it: its checksum is wrong' }

function appendDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'a')
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** A batch in two: its records and links, and the rest; null when one of them is empty, or it cannot be read here either. */
function withoutRecords(bytes: Uint8Array): { records: Uint8Array; rest: Uint8Array } | null {
  let whole: WireBatch
  try {
    whole = decodeBatch(bytes)
  } catch {
    return null
  }
  const { writer, sequence, batch } = whole
  const { records, prune, links, ...rest } = batch
  if ((!records && !prune && !links) || Object.keys(rest).length === 0) return null
  const others = { ...(records && { records }), ...(prune && { prune }), ...(links && { links }) }
  return { records: encodeBatch({ writer, sequence, batch: others }), rest: encodeBatch({ writer, sequence, batch: rest }) }
}
