import type { OpenRunAnswer } from '../../core/ingest/protocol.ts'
import type { RunEnvironment } from '../../core/run.ts'
import type { FlushBatch } from '../../db/store.ts'
import { formatError } from '../format-error.ts'
import { JournalFolder } from '../journal/journal-folder.ts'
import { JournalUpload, type UploadListener } from '../journal/journal-upload.ts'
import { JournalWriter, writeError } from '../journal/journal-writer.ts'
import { LiveUpload } from '../journal/live-upload.ts'
import { ServerClient } from '../journal/server-client.ts'
import { UploadTalk } from '../journal/upload-talk.ts'
import { warn } from '../warn.ts'
import type { RunPlan, ServerPlan } from '../worker-messages.ts'
import { cutBatch } from './cut-batch.ts'
import type { Destination, FeedResult, OpenedRun } from './destination.ts'
import { isAboutAccess, makeOpening, near, refusal } from './journal-opening.ts'
import type { Pending } from './pending.ts'

/** `init` waits this long for the server's answer; then training starts, and the answer comes when it comes. */
const FIRST_ANSWER_MS = 2_000
const BATCHES_PER_TURN = 16
/** A file of acknowledged batches is shortened from this size on. */
const CLEAR_FROM = 1 << 20
/** How often what is acknowledged is written down. */
const SAVE_MS = 1_000
const LOOK_MS = 25

export interface JournalStart {
  plan: RunPlan
  server: ServerPlan
  environment: RunEnvironment
  pending: Pending
  /** `init` has returned: it cannot throw any more. */
  late: boolean
  /** The server has said more about the run than was known. */
  onKnown: () => void
}

/** The journal of a server: everything is written there first, and sent from there. */
export class JournalDestination implements Destination {
  readonly run: OpenedRun
  readonly past = null
  readonly #start: JournalStart
  readonly #writer: JournalWriter
  #live: LiveUpload | null = null
  #failingSince: number | null = null
  #failureTold = false
  #savedAt = 0
  /** Batches that the server refused for good, in whole or in part. */
  readonly #kept = new Set<number>()

  /**
   * @throws LossboardError `disk_full`, `store_not_writable` for the journal; what the server says to a run that it cannot make so,
   * unless `late`
   */
  static async open(start: JournalStart): Promise<JournalDestination> {
    const destination = new JournalDestination(start)
    try {
      await destination.#firstContact()
    } catch (error) {
      destination.abandon()
      destination.#writer.folder.remove()
      throw error
    }
    return destination
  }

  private constructor(start: JournalStart) {
    const { plan, server, environment } = start
    this.#start = start
    this.run = {
      id: plan.id,
      project: plan.project,
      name: plan.name ?? plan.id,
      number: null,
      attempt: 1,
      nextStep: plan.forkFrom?.step ?? 0,
      nextLine: 0,
      startedAt: plan.startedAt,
      droppedPoints: 0,
      config: plan.config,
      summary: {},
    }
    const folder = new JournalFolder(server.journal)
    try {
      this.#writer = new JournalWriter(folder, makeOpening(plan, server, environment))
    } catch (error) {
      throw writeError(error, server.journal)
    }
  }

  get isFailing(): boolean {
    return this.#failingSince !== null
  }

  feed(): FeedResult {
    const { pending } = this.#start
    const now = Date.now()
    try {
      if (this.#writer.restoreIfDeleted(now)) this.#restored()
      for (let turn = 0; turn < BATCHES_PER_TURN; turn++) {
        const batch = pending.batch()
        if (!batch) break
        this.#writer.append(this.#encode(cutBatch(this.#merging(batch))))
        pending.forget(batch)
        this.#live?.call('more')
      }
    } catch (error) {
      this.#failing(error)
      return 'failing'
    }
    if (this.#failureTold) warn('the journal takes data again')
    this.#failingSince = null
    this.#failureTold = false
    this.#writer.sync(now)
    return pending.isEmpty ? 'stored' : 'more'
  }

  heartbeat(_pending: Pending, now: number): void {
    this.#writer.touch(now)
  }

  async deliver(until: number, patient: boolean, isGivenUp: () => boolean): Promise<boolean> {
    if (this.#live) await this.#settle(this.#live, until, patient, isGivenUp)
    const delivered = this.#live === null || (this.#isUploaded() && this.#kept.size === 0)
    await this.#end(delivered)
    return delivered
  }

  /** Everything was done before `deliver` answered: whoever waits for `finish` may sync at once. */
  async close(): Promise<void> {}

  abandon(): void {
    void this.#live?.stop()
    this.#writer.close()
  }

  async #settle(live: LiveUpload, until: number, patient: boolean, isGivenUp: () => boolean): Promise<void> {
    live.call('now')
    let tried = live.last
    for (let asked = false; !this.#isUploaded() && Date.now() < until && !isGivenUp(); ) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      asked ||= live.last !== tried
      if (asked && live.last?.state === 'refused') break
      // One more try; after that there is no waiting for a server that this run has never seen.
      if (asked && live.isAway && !(patient && live.upload.run)) break
      // A server that says when to come back is not asked before.
      if (asked && live.last?.state === 'later' && live.last.afterMs === 0) {
        live.call('now')
        tried = live.last
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS * 10))
      }
    }
  }

  async #end(delivered: boolean): Promise<void> {
    const live = this.#live
    await live?.stop()
    const { folder, opening } = this.#writer
    try {
      this.#writer.close()
      if (live && delivered) return folder.remove()
      live?.upload.save()
      folder.writeOpening({ ...opening, ended: true })
    } catch (error) {
      // The batches are written: at worst some are sent again, and the server takes them once.
      warn(writeError(error, folder.path).message)
    }
    warn(this.#howToSync(live))
  }

  async #firstContact(): Promise<void> {
    const { server, plan, late } = this.#start
    if (!server.online || server.url === null) return
    const client = new ServerClient(server.url, server.token)
    const talk = new UploadTalk(server.url, near(this.#writer.folder.path))
    const upload = new JournalUpload(this.#writer.folder, this.#writer.opening, client, this.#listener(talk), 0)
    const live = new LiveUpload(upload, client, talk, () => this.#stepped())
    this.#live = live
    const first = upload.step()
    const step = await Promise.race([first, new Promise<null>((resolve) => setTimeout(resolve, late ? 0 : FIRST_ANSWER_MS, null))])
    if (!late && step?.state === 'refused' && !isAboutAccess(step)) throw refusal(step, server.url)
    if (!upload.run && plan.resume !== 'never')
      warn(`what run ${plan.id} holds is known once ${server.url} is reached: until then steps that log is not given begin at 0`)
    live.start(first)
    // What it has to say comes before anything the training prints.
    if (step && step.state !== 'sent') await new Promise((resolve) => setImmediate(resolve))
  }

  #listener(talk: UploadTalk): UploadListener {
    return {
      opened: (answer) => this.#opened(answer),
      changed: (what) => warn(`${what}. Training has begun`),
      kept: (sequence, bytes, why) => {
        this.#kept.add(sequence)
        talk.kept(bytes, why)
      },
      missing: (from, to) => talk.missing(from, to),
      rolledBack: (from, to) => talk.rolledBack(from, to),
    }
  }

  #opened({ name, number, attempt, nextStep, nextLine, startedAt, config, summary }: OpenRunAnswer): void {
    Object.assign(this.run, { name, number, attempt, nextStep, nextLine, startedAt, config, summary })
    this.#start.onKnown()
  }

  #stepped(): void {
    const upload = this.#live?.upload
    if (!upload) return
    const now = Date.now()
    try {
      if (this.#writer.size >= CLEAR_FROM && upload.acknowledged === this.#writer.sequence) {
        upload.save()
        this.#writer.clear()
        upload.restart()
      } else if (now - this.#savedAt >= SAVE_MS) {
        this.#savedAt = now
        upload.save()
      }
    } catch {
      // What is not written down is sent again, and taken once. Trouble with the disk is told when something is to be written.
    }
  }

  #isUploaded(): boolean {
    return this.#live?.upload.acknowledged === this.#writer.sequence
  }

  /** A resumed run may hold keys that are not known here: they must not be replaced. */
  #merging(batch: FlushBatch): FlushBatch {
    if (!batch.patch || this.#start.plan.resume === 'never') return batch
    const { config, summary, ...rest } = batch.patch
    return { ...batch, patch: { ...rest, ...(config && { mergeConfig: config }), ...(summary && { mergeSummary: summary }) } }
  }

  /** Parts that can never be stored are left out: the others must not suffer. */
  #encode(parts: FlushBatch[]): Uint8Array[] {
    const encoded: Uint8Array[] = []
    for (const part of parts) {
      try {
        encoded.push(this.#writer.encode(part, encoded.length))
      } catch (error) {
        this.#start.pending.dropped += (part.points?.step.length ?? 0) + (part.records?.length ?? 0)
        warn(`a batch cannot be stored: ${formatError(error)}`)
      }
    }
    return encoded
  }

  #restored(): void {
    const sent = this.#live?.upload.acknowledged ?? 0
    if (sent < this.#writer.sequence) warn(`the journal ${near(this.#writer.folder.path)} was deleted: what was not sent of it is lost`)
    this.#live?.upload.restart()
  }

  #failing(error: unknown): void {
    this.#failingSince ??= Date.now()
    if (this.#failureTold) return
    this.#failureTold = true
    warn(`${formatError(error)}. Training goes on; everything logged is kept in memory and tried again`)
  }

  #howToSync(live: LiveUpload | null): string {
    const { url } = this.#start.server
    const path = near(this.#writer.folder.path)
    const command = `npx lossboard sync ${path}${url === null ? ' --url ADDRESS' : ''}`
    if (!live) return `run ${this.run.name} is kept in ${path}; to send it: ${command}`
    if (this.#kept.size > 0 && this.#isUploaded())
      return `run ${this.run.name}: ${this.#kept.size} batches that ${url} refused are kept in ${path}; into a file: npx lossboard sync ${path} --into runs.db`
    const last = live.last && 'why' in live.last ? ` (${live.last.why})` : ''
    return `run ${this.run.name}: not everything has reached ${url}${last}. Nothing is lost: it is kept in ${path}; to send it: ${command}`
  }
}
