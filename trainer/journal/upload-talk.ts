import { warn } from '../warn.ts'
import type { UploadStep } from './journal-upload.ts'

/** A server that is away for a moment is normal; this long is worth a word. */
const TELL_AWAY_MS = 5_000

/** Says what becomes of an upload, each thing once, never per batch. */
export class UploadTalk {
  #awaySince: number | null = null
  #told: string | null = null
  #keptTold = false
  #open = false

  constructor(
    readonly url: string,
    readonly journal: string,
  ) {}

  step(step: UploadStep): void {
    if (step.state === 'sent' || step.state === 'done') {
      if (this.#told !== null) warn(`${this.url} takes data again`)
      this.#told = null
      this.#awaySince = null
      this.#open = true
      return
    }
    const now = Date.now()
    this.#awaySince ??= now
    // At the start people still look; and a refusal does not pass by itself.
    if (step.state === 'later' && this.#open && now - this.#awaySince < TELL_AWAY_MS) return
    const cause = step.state === 'refused' ? `refused ${step.status} ${step.code}` : 'away'
    if (this.#told === cause) return
    this.#told = cause
    const what = step.state === 'refused' ? `${this.url} refuses the data (${step.why})` : `${this.url} does not take data now: ${step.why}`
    warn(
      `${what}. Training goes on; everything logged is kept in ${this.journal} and sent ${step.state === 'refused' ? 'when that is mended' : 'when it does'}`,
    )
  }

  kept(bytes: number, why: string): void {
    if (this.#keptTold) return
    this.#keptTold = true
    warn(`${this.url} refuses a batch of ${bytes} bytes for good: ${why}. It is kept in ${this.journal}; everything else goes on (told once)`)
  }

  missing(from: number, to: number): void {
    warn(`batches ${from} to ${to} are missing in ${this.journal}: the rest goes on`)
  }

  rolledBack(from: number, to: number): void {
    warn(`${this.url} no longer has batches ${from} to ${to}, which it had confirmed: its store was put back to an older state`)
  }
}
