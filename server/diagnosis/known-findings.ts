import { type FindingsBrief, findingsBrief } from '../../core/findings/findings-brief.ts'
import { muteOf } from '../../core/findings/muted.ts'
import type { FindingMute, ListedFinding } from '../../core/findings/run-finding.ts'
import type { FindingStore } from '../../db/finding-store.ts'

/** What lists show of the findings of all runs, read once and then only what changed. */
export class KnownFindings {
  readonly #byRun = new Map<string, ListedFinding[]>()
  #book: FindingStore | null = null
  #rev = 0
  #reading: Promise<void> = Promise.resolve()

  /** Brings it up to date. `book`: where the findings are; another one than before is read from its beginning. */
  async refresh(book: FindingStore): Promise<void> {
    // One after the other: an older answer must not come over a newer one.
    const reading = this.#reading.then(() => this.#read(book))
    this.#reading = reading.catch(() => {})
    await reading
  }

  async #read(book: FindingStore): Promise<void> {
    if (book !== this.#book) {
      this.#byRun.clear()
      this.#rev = 0
      this.#book = book
    }
    const { rev, runIds, findings } = await book.since(this.#rev)
    for (const id of runIds) this.#byRun.set(id, [])
    for (const finding of findings) this.#byRun.get(finding.runId)?.push(finding)
    this.#rev = rev
  }

  /** Undefined: the run was not looked at yet. */
  of(runId: string): readonly ListedFinding[] | undefined {
    return this.#byRun.get(runId)
  }

  /** Null: not looked at yet. */
  brief(run: { id: string; project: string }, mutes: readonly FindingMute[]): FindingsBrief | null {
    const findings = this.#byRun.get(run.id)
    if (!findings) return null
    return findingsBrief(findings.map((finding) => ({ ...finding, muted: muteOf(finding, run, mutes) !== null })))
  }
}
