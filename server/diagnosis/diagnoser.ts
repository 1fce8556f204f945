import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { asShown } from '../../core/as-shown.ts'
import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { isLossboardError } from '../../core/errors.ts'
import { ENGINE } from '../../core/findings/engine.ts'
import type { RunDiagnosis } from '../../core/findings/run-finding.ts'
import type { Run } from '../../core/run.ts'
import { diagnoseRun } from '../../db/diagnosis/diagnose-run.ts'
import type { FindingStore } from '../../db/finding-store.ts'
import type { Store } from '../../db/store.ts'
import type { LiveFeed } from '../live/live-feed.ts'
import { logError } from '../log-error.ts'
import { KnownFindings } from './known-findings.ts'
import { LiveReadings } from './live-readings.ts'
import { MemoryFindings } from './memory-findings.ts'

export interface DiagnoserOptions {
  /** Milliseconds between looks for runs that changed; default 1,000. */
  lookMs?: number
  /** Least milliseconds between two looks at one running run; default 2,000. */
  runningMs?: number
  /** Milliseconds before the first look, so that the first page is not held up; default 500. */
  delayMs?: number
}

/** Runs asked for at a time: newest first, so that a run started meanwhile does not wait for thousands. */
const BATCH = 8
/** What passes by itself: another program writes, or the disk is full. */
const PASSING = new Set(['store_busy', 'disk_full'])
const AGAIN_MS = 5_000
/** Work at a stretch before others get their turn (ms). */
const STRETCH_MS = 8

/**
 * Diagnoses the runs of the store in the background: the one somebody looks at first, then the newest. It works a few milliseconds at a
 * time and rests as long, so that pages are answered meanwhile. Results go to the store, or stay in memory where it may not be written.
 */
export class Diagnoser {
  readonly known = new KnownFindings()
  readonly #store: Store
  readonly #live: LiveFeed
  readonly #options: Required<DiagnoserOptions>
  readonly #readings = new LiveReadings()
  readonly #memory: MemoryFindings
  /** Runs somebody waits for. */
  readonly #wanted = new Set<string>()
  /** Latest diagnosis of runs that go on: their stored one is replaced only when a finding changes. */
  readonly #latest = new Map<string, RunDiagnosis>()
  readonly #rests = new Map<string, number>()
  /** Revision at which a run could not be diagnosed: tried again when it changes. */
  readonly #failed = new Map<string, number>()
  readonly #stop = new AbortController()
  #wake = new AbortController()
  #working: Promise<void> | null = null
  #waiting = 0
  #stretch = 0

  constructor(store: Store, live: LiveFeed, { lookMs = 1_000, runningMs = 2_000, delayMs = 500 }: DiagnoserOptions = {}) {
    this.#store = store
    this.#live = live
    this.#options = { lookMs, runningMs, delayMs }
    this.#memory = new MemoryFindings(store)
  }

  start(): void {
    this.#working ??= this.#work().catch((error: unknown) => {
      if (!this.#stop.signal.aborted) logError('the diagnosis of runs ended', error)
    })
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    this.#wake.abort()
    await this.#working
  }

  /** Runs not looked at in their present state, running ones that were looked at a moment ago left out. */
  get waiting(): number {
    return this.#waiting
  }

  /** Where findings are: in the store, or in memory over it. */
  async book(): Promise<FindingStore> {
    return (await this.#store.info()).readOnly ? this.#memory : this.#store.findings
  }

  /** What is known of the run now; `isCurrent` false: it is being looked at, ask again. */
  async of(run: Run): Promise<{ diagnosis: RunDiagnosis | null; isCurrent: boolean }> {
    const latest = this.#latest.get(run.id)
    const diagnosis = latest ?? (await (await this.book()).diagnosis(run.id))
    const rests = latest !== undefined && (this.#rests.get(run.id) ?? 0) > Date.now()
    const isCurrent = rests || (diagnosis !== null && diagnosis.engine === ENGINE && diagnosis.runRev >= run.rev)
    if (!isCurrent && this.#failed.get(run.id) !== run.rev) this.want(run.id)
    return { diagnosis, isCurrent: isCurrent || this.#failed.get(run.id) === run.rev }
  }

  /** Looks at the run before all others. */
  want(runId: string): void {
    this.#wanted.add(runId)
    this.#wake.abort()
  }

  /** To be called when roles of metrics changed: nothing known of running runs holds. */
  forget(): void {
    this.#latest.clear()
    this.#rests.clear()
    this.#wake.abort()
  }

  async #work(): Promise<void> {
    const { signal } = this.#stop
    await sleep(this.#options.delayMs, undefined, { signal: AbortSignal.any([signal, this.#wake.signal]) }).catch(() => {})
    while (!signal.aborted) {
      this.#wake = new AbortController()
      let more = false
      try {
        more = await this.#round()
      } catch (error) {
        if (!signal.aborted) logError('looking for runs to diagnose failed; trying again', error)
      }
      if (more || this.#wanted.size > 0) await turn()
      else await sleep(this.#options.lookMs, undefined, { signal: AbortSignal.any([signal, this.#wake.signal]) }).catch(() => {})
    }
  }

  /** Those somebody waits for, then some of the newest; true when there are more. */
  async #round(): Promise<boolean> {
    const book = await this.book()
    for (const id of this.#wanted) {
      this.#wanted.delete(id)
      await this.#diagnose(book, id, true)
      if (this.#stop.signal.aborted) return false
    }
    const now = Date.now()
    const isDue = ({ id, rev }: { id: string; rev: number }) => (this.#rests.get(id) ?? 0) <= now && this.#failed.get(id) !== rev
    const { runs, total } = await book.undiagnosed(ENGINE, BATCH + this.#rests.size + this.#failed.size)
    const due = runs.filter(isDue).slice(0, BATCH)
    this.#waiting = Math.max(0, total - runs.filter((run) => !isDue(run)).length)
    for (const { id } of due) {
      await this.#diagnose(book, id, false)
      this.#waiting = Math.max(0, this.#waiting - 1)
      if (this.#stop.signal.aborted) return false
      if (this.#wanted.size > 0) return true
    }
    return due.length > 0
  }

  async #diagnose(book: FindingStore, id: string, wanted: boolean): Promise<void> {
    const run = await this.#store.run(id)
    if (!run) return
    try {
      await this.#diagnoseRun(book, run, wanted)
      this.#failed.delete(id)
    } catch (error) {
      if (this.#stop.signal.aborted) return
      if (isLossboardError(error) && PASSING.has(error.code)) {
        this.#rests.set(id, Date.now() + AGAIN_MS)
        return
      }
      this.#failed.set(id, run.rev)
      this.#readings.forget(id)
      logError(`run ${run.name} could not be diagnosed`, error)
    }
  }

  async #diagnoseRun(book: FindingStore, run: Run, wanted: boolean): Promise<void> {
    const began = performance.now()
    const running = asShown(run, Date.now()).status === 'running'
    const before = await book.diagnosis(run.id)
    // An edit of notes or tags is no reason to read a million points again.
    if (!running && before?.engine === ENGINE && before.stamp === (await this.#store.findings.stamp(run.id))) {
      this.#latest.delete(run.id)
      if (before.runRev !== run.rev) await book.confirm(run.id, run.rev)
      return
    }
    const mapping = (await book.roles(run.project)) as RoleMapping
    const reading = this.#readings.of(this.#store, run.id, mapping, running)
    this.#stretch = performance.now()
    const diagnosis = await diagnoseRun(this.#store, run, reading, () => this.#pause(wanted))
    if (running) {
      this.#latest.set(run.id, diagnosis)
      this.#rests.set(run.id, Date.now() + Math.max(this.#options.runningMs, 20 * (performance.now() - began)))
      if (before?.engine === ENGINE && outline(before) === outline(diagnosis)) return
    } else {
      this.#latest.delete(run.id)
      this.#rests.delete(run.id)
    }
    await book.save(diagnosis)
    this.#live.wake()
  }

  async #pause(wanted: boolean): Promise<void> {
    const worked = performance.now() - this.#stretch
    if (worked < STRETCH_MS) return
    this.#stop.signal.throwIfAborted()
    // Nobody waits for the others: half of the time belongs to pages.
    if (wanted) await turn()
    else await sleep(worked)
    this.#stretch = performance.now()
  }
}

/** What makes a finding of a running run news; its figures change with every step. */
function outline({ findings }: RunDiagnosis): string {
  return JSON.stringify(findings.map(({ rule, subjects, severity, title, firstStep }) => [rule, subjects, severity, title, firstStep]))
}
