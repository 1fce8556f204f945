import { formatError } from '../format-error.ts'
import type { JournalUpload, UploadStep } from './journal-upload.ts'
import type { ServerClient } from './server-client.ts'
import type { UploadTalk } from './upload-talk.ts'

/** Pauses after failures: doubled each time, with a random part, so that many clients do not come back at once. */
const PAUSE_FIRST_MS = 250
const PAUSE_MAX_MS = 10_000
/** Somebody may mend a token or a permission; nobody is helped by asking often. */
const REFUSED_PAUSE_MS = 60_000
/** A run that logs nothing says this often that it lives. */
const HEARTBEAT_MS = 10_000

/** The pause after the nth failure in a row, ms; `random` is from 0 to 1. */
export function pauseAfter(failures: number, random: number): number {
  return Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.min(failures - 1, 20)) * (0.5 + random / 2)
}

/** What ends a pause early: there is more to send; or the time for asking again is now, whatever happened before. */
type Call = 'more' | 'now'

/** Uploads a journal while it is written, asking the server neither too often nor too seldom. Never throws. */
export class LiveUpload {
  #stopped = false
  #failures = 0
  #running: Promise<void> | null = null
  #spokeAt = Date.now()
  #called: Call | null = null
  #onCall: () => void = () => {}
  /** How the last request went. */
  last: UploadStep | null = null

  constructor(
    readonly upload: JournalUpload,
    readonly client: ServerClient,
    readonly talk: UploadTalk,
    readonly onStep: () => void,
  ) {}

  /** @param first a step that was begun already */
  start(first: Promise<UploadStep> | null): void {
    this.#running ??= this.#run(first)
  }

  /** True when the server could not be had the last time it was asked. */
  get isAway(): boolean {
    return this.last?.state === 'later' || this.last?.state === 'refused'
  }

  call(what: Call): void {
    if (what === 'now') this.#failures = Math.min(this.#failures, 1)
    if (this.#called !== 'now') this.#called = what
    this.#onCall()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.client.close()
    this.call('now')
    await this.#running
    this.upload.close()
  }

  async #run(first: Promise<UploadStep> | null): Promise<void> {
    for (let begun = first; !this.#stopped; begun = null) {
      const step = await (begun ?? this.#step())
      if (this.#stopped) return
      // Nobody can be told "no" any more.
      if (step.state === 'refused' && !this.upload.run && this.upload.openOtherwise(step)) continue
      this.last = step
      this.talk.step(step)
      this.onStep()
      if (step.state === 'sent') {
        this.#failures = 0
        this.#spokeAt = Date.now()
      } else if (step.state === 'done') await this.#pause(HEARTBEAT_MS, ['more', 'now'])
      else if (step.state === 'refused') await this.#pause(REFUSED_PAUSE_MS, ['now'])
      else await this.#pause(Math.max(step.afterMs, pauseAfter(++this.#failures, Math.random())), ['now'])
    }
  }

  async #step(): Promise<UploadStep> {
    try {
      const { run, opening } = this.upload
      const step = await this.upload.step()
      if (run && step.state === 'done' && Date.now() - this.#spokeAt >= HEARTBEAT_MS) {
        this.#spokeAt = Date.now()
        await this.client.heartbeat(run.id, opening.run.writer)
      }
      return step
    } catch (error) {
      return { state: 'later', why: `the journal cannot be read: ${formatError(error)}`, afterMs: 0 }
    }
  }

  async #pause(ms: number, endedBy: Call[]): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#onCall = () => {
        if (!this.#called || !endedBy.includes(this.#called)) return
        clearTimeout(timer)
        resolve()
      }
      this.#onCall()
    })
    this.#called = null
    this.#onCall = () => {}
  }
}
