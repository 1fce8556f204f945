import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import type { JsonObject, MetricRule, RunStatus } from '../core/run.ts'
import type { RunPatch } from '../db/store.ts'
import { checkFinish, type FinishOptions } from './check-finish.ts'
import { checkLink, checkPruning, type LinkOptions, type LinkTarget } from './check-link.ts'
import { checkRule } from './check-rule.ts'
import { checkStep } from './check-step.ts'
import { tapConsole } from './console-tap.ts'
import { type LiveRun, noteTime, unwatchExit, watchExit } from './exit-hooks.ts'
import { type Fields, makeFields } from './fields.ts'
import type { LogValues, MetricHandle } from './loggable.ts'
import { blobBytes, newRecords, type RecordValue } from './record-value.ts'
import { RunStop } from './run-stop.ts'
import { invalidValue, ValueCollector } from './value-collector.ts'
import { warn } from './warn.ts'
import { WorkerLink } from './worker-link.ts'
import type { RunPlan } from './worker-messages.ts'

/** `exit-hooks.ts` waits a little longer. */
const EXIT_UPLOAD_MS = 4_000
const FLUSH_SYNC_MS = 10_000
/** Bytes of records after which the worker is woken at once. */
const WAKE_BYTES = 1 << 20

/**
 * One run being logged. Made by `init` and `track`.
 *
 * Misuse (a bad name, value, step or option; logging after the end) throws a LossboardError at the call that is wrong. Trouble with
 * the store (locked, full, gone) never throws: it is said once on stderr, and everything is kept in memory and tried again.
 */
export class Run<Config extends object = Record<string, unknown>> {
  /** Unique id; `lossboard show ID` finds the run by it. */
  readonly id: string
  readonly project: string
  /** Absolute path of the store; null when disabled, and when logging to a server. */
  readonly store: string | null
  /** Address of the server that is logged to; null: none. */
  readonly url: string | null
  /** The config; `run.config.update({ … })` merges more into it. */
  readonly config: Fields<Config>
  /** Figures worth a column of their own, e.g. a final test score; `run.summary.update({ … })` merges. */
  readonly summary: Fields<JsonObject>
  #name: string
  #number: number | null = null
  readonly #link: WorkerLink | null
  readonly #values: ValueCollector
  readonly #stop = new RunStop()
  #signalRead = false
  #untap: (() => void) | null = null
  #firstStep = 0
  #nextStep = 0
  #hasLogged = false
  #end: 'no' | 'finished' | 'exit' = 'no'
  #lost = 0
  readonly #ofTrack: boolean
  readonly #live: LiveRun

  /** @internal Use `init` or `track`. */
  constructor(plan: RunPlan, options: { disabled: boolean; captureConsole: boolean; ofTrack: boolean }) {
    this.id = plan.id
    this.project = plan.project
    this.#name = plan.name ?? plan.id
    this.store = options.disabled || plan.server ? null : plan.location
    this.url = options.disabled ? null : (plan.server?.url ?? null)
    this.#ofTrack = options.ofTrack
    const config = makeFields<Config>('config', plan.config, (all) => this.#patch({ config: all }))
    const summary = makeFields<JsonObject>('summary', {}, (all) => this.#patch({ summary: all }))
    this.config = config.fields
    this.summary = summary.fields
    this.#live = this.#liveRun()
    this.#values = new ValueCollector((series, name) => this.#link?.post({ type: 'name', series, name }))
    this.#link = options.disabled
      ? null
      : new WorkerLink(
          plan,
          (opened) => {
            this.#name = opened.name
            this.#number = opened.number
            this.#firstStep = opened.nextStep
            if (!this.#hasLogged) this.#nextStep = opened.nextStep
            config.absorb(opened.config)
            summary.absorb(opened.summary)
          },
          () => unwatchExit(this.#live),
          (finding) => this.#end === 'no' && this.#stop.byFinding(finding),
        )
    if (!this.#link) return
    this.#link.waitForStart()
    watchExit(this.#live)
    if (options.captureConsole) this.#untap = tapConsole((stream, text) => this.#link?.post({ type: 'console', stream, text, wall: Date.now() }))
  }

  /** Display name, e.g. `brave-otter-12`. */
  get name(): string {
    return this.#name
  }

  /** Number within the project; null while the store is not open or the server not reached yet, and when disabled. */
  get number(): number | null {
    return this.#number
  }

  /** Where this attempt begins: 0 for a new run, else the step after the last one of what it resumes or forks. */
  get firstStep(): number {
    return this.#firstStep
  }

  /** Step that the next `log` without one takes. After a resume: the step after the highest one stored, where a training loop goes on. */
  get nextStep(): number {
    return this.#nextStep
  }

  /**
   * Aborted by the first SIGINT or SIGTERM, and with `stopOn` by a finding of the diagnosis: `signal.reason` then is a LossboardError
   * `stopped_by_finding`, whose `cause` is the finding. Whoever reads it takes Ctrl-C over: it then does not end the process, so that the
   * training loop can stop cleanly; a second one does.
   */
  get signal(): AbortSignal {
    this.#signalRead = true
    return this.#stop.signal
  }

  /** True once a SIGINT or SIGTERM arrived. Unlike `signal`, reading it does not take the signal over. */
  get isInterrupted(): boolean {
    return this.#stop.caught !== null
  }

  /**
   * Logs values of one step. Synchronous and cheap: the values go to shared memory, a worker stores them.
   * Without `step`, the step after the highest one this process has logged is taken; at first 0, or `nextStep` after a resume. Steps may come in any order; the same step again
   * replaces the value shown, and keeps the earlier one.
   *
   * @throws LossboardError `invalid_metric_name`, `invalid_value`, `invalid_step` (then nothing of the call is logged), `run_finished`
   */
  log<const Values extends LogValues<Values>>(values: Values, step?: number): void {
    if (this.#isOver()) return
    if (this.#link === null) return
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new LossboardError('invalid_value', `log takes an object such as { 'train/loss': 0.5 }, got ${describe(values)}`)
    const at = step === undefined ? this.#nextStep : checkStep(step)
    const collected = this.#values
    collected.collect(values)
    const { count, records } = collected
    if (count === 0 && records.length === 0) return
    const wall = Date.now()
    noteTime(wall)
    this.#advance(at)
    if (count > 0 && !this.#link.writer.push(at, wall, collected.pairs, count)) this.#lose(count)
    if (records.length > 0) this.#logRecords(records, at, wall)
  }

  /**
   * A function that logs one metric: `const loss = run.metric('train/loss')`, then `loss(0.5)` or `loss(0.5, step)`.
   * @throws LossboardError `invalid_metric_name`; the function as `log`
   */
  metric(name: string): MetricHandle {
    const link = this.#link
    const series = this.#values.series(name)
    return (value, step) => {
      if (this.#isOver()) return
      if (link === null) return
      if (typeof value !== 'number') throw invalidValue(name, value)
      const at = step === undefined ? this.#nextStep : checkStep(step)
      const wall = Date.now()
      noteTime(wall)
      this.#advance(at)
      if (!link.writer.pushOne(at, wall, series, value)) this.#lose(1)
    }
  }

  /**
   * Says how metrics are to be read. `pattern` is a name or a glob with `*`; a later call for the same pattern replaces the earlier.
   * @throws LossboardError `invalid_option` for an unknown key or a wrong value
   */
  defineMetric(pattern: string, rule: Omit<MetricRule, 'pattern'>): void {
    const checked = checkRule(pattern, rule)
    if (this.#isOver()) return
    this.#link?.post({ type: 'rules', rules: [checked] })
  }

  /**
   * Ties this run to another one of the same store; the tie brings no points along (a fork does) and outlives either run.
   * Making the same link again replaces its detail. A run that cannot be found is told on stderr.
   * @throws LossboardError `invalid_option`, `invalid_step`, `run_finished`
   */
  link(target: LinkTarget, options: LinkOptions): void {
    const link = checkLink(target, options)
    if (!this.#isOver()) this.#link?.post({ type: 'links', links: [link] })
  }

  /**
   * Gives up the bytes of this run's records of that name at these steps, e.g. of old checkpoints; the records stay and say `pruned`.
   * Bytes that another record of the store refers to are kept for it.
   */
  pruneRecords(name: string, steps: readonly number[]): void {
    const pruning = checkPruning(name, steps)
    if (!this.#isOver() && pruning.steps.length > 0) this.#link?.post({ type: 'prune', prune: [pruning] })
  }

  /**
   * Resolves to true once everything logged so far is stored; to false when the store does not take it now (it is kept and tried again).
   * With a server: once it is in the journal, where the end of this process cannot harm it.
   */
  flush(): Promise<boolean> {
    return this.#link ? this.#link.flush() : Promise.resolve(true)
  }

  /** The same, blocking; gives up after 10 s. Useful before a checkpoint is written. */
  flushSync(): boolean {
    return this.#link ? this.#link.flushSync(FLUSH_SYNC_MS) : true
  }

  /**
   * Ends the run. Resolves to true once everything is stored; to false when the store still refuses after `timeoutMs`: the worker then goes
   * on trying until the process ends. With a server: true once it has confirmed everything; false when it has not by then: the journal
   * keeps the rest, and how to send it is said. Calling it again waits for the same end. Not awaiting it loses nothing.
   */
  async finish(options: FinishOptions = {}): Promise<boolean> {
    const { status, reason, timeoutMs } = checkFinish(options, this.#stop.why)
    const until = Date.now() + timeoutMs
    this.#close(status, reason, 'finished', until)
    if (!this.#link) return true
    const stored = await this.#link.flushUntil(until)
    // Of a server, the worker has said it.
    if (!stored && (this.store !== null || this.#link.unstored() > 0))
      warn(`run ${this.#name}: not everything is stored yet (${this.#link.unstored()} points wait)`)
    return stored
  }

  /** `await using run = init(…)`: a run that leaves its block without `finish()` is recorded as interrupted, for whatever reason it left. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#end === 'no') await this.finish({ status: 'interrupted', reason: this.#stop.why ?? 'left without finish()' })
    else await this.finish()
  }

  #advance(step: number): void {
    // A resumed script that says where it goes on counts from there.
    if (step >= this.#nextStep || !this.#hasLogged) this.#nextStep = step + 1
    this.#hasLogged = true
  }

  #logRecords(records: readonly { name: string; value: RecordValue }[], step: number, wall: number): void {
    const made = newRecords(records, step, wall)
    this.#link?.post({ type: 'records', records: made })
    if (blobBytes(made) > WAKE_BYTES) this.#link?.wake()
  }

  #patch(patch: RunPatch): void {
    if (this.#isOver()) return
    this.#link?.post({ type: 'patch', patch })
  }

  #close(status: RunStatus, reason: string | null, how: 'finished' | 'exit', until = Date.now() + EXIT_UPLOAD_MS): void {
    if (this.#end !== 'no') return
    this.#end = how
    this.#untap?.()
    const end = { status, reason: reason?.slice(0, 1000) ?? null, endedAt: Date.now() }
    this.#link?.post({ type: 'finish', ...end, until, patient: how === 'finished' })
    this.#link?.wake()
  }

  #isOver(): boolean {
    if (this.#end === 'no') return false
    if (this.#end === 'finished')
      throw new LossboardError('run_finished', `run ${this.#name} is finished: log before finish(), or start another run with init()`)
    // A script's own exit handlers run after ours: they must not turn a good exit into a crash.
    this.#lose(1)
    return true
  }

  #lose(count: number): void {
    if (this.#lost === 0) warn(`run ${this.#name}: what is logged from now on is not stored${this.#end === 'exit' ? ': the process is ending' : ''}`)
    this.#lost += count
  }

  #liveRun(): LiveRun {
    const run = this
    return {
      get name() {
        return run.#name
      },
      get isSignalWatched() {
        return run.#signalRead
      },
      abort: (signal) => {
        this.#stop.bySignal(signal)
      },
      endBySignal: (signal) => this.#close('interrupted', signal, 'exit'),
      endAtExit: (code, crash) => {
        if (this.#stop.caught) this.#close('interrupted', this.#stop.caught, 'exit')
        else if (code !== 0) this.#close('failed', crash ?? `exit code ${code}`, 'exit')
        else if (this.#ofTrack) this.#close('interrupted', 'the process ended before the callback of track() did', 'exit')
        else this.#close('finished', null, 'exit')
      },
      waitStored: (until) => (this.#link && !this.#link.waitForClose(until) ? this.#link.unstored() : null),
    }
  }
}
