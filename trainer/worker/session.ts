import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { isLossboardError } from '../../core/errors.ts'
import { compareSeverity } from '../../core/findings/findings-brief.ts'
import type { RunFinding } from '../../core/findings/run-finding.ts'
import type { RunEnvironment } from '../../core/run.ts'
import { findingLine } from '../finding-line.ts'
import { formatError } from '../format-error.ts'
import { RingReader } from '../ring-reader.ts'
import { CONTROL, COUNTER, type SharedRing, STATE } from '../shared-ring.ts'
import { warn } from '../warn.ts'
import type { FromWorker, RunPlan, ToWorker } from '../worker-messages.ts'
import { ConsoleLines } from './console-lines.ts'
import { BATCH_LIMITS } from './cut-batch.ts'
import type { Destination } from './destination.ts'
import { FactsCollector } from './facts-collector.ts'
import { FindingWatch } from './finding-watch.ts'
import { hostFacts } from './host-facts.ts'
import { JournalDestination } from './journal-destination.ts'
import { openRun } from './open-run.ts'
import { Pending } from './pending.ts'
import { StoreDestination } from './store-destination.ts'
import { changed, eventLoopTurn } from './wake.ts'

/** Time between flushes; kill -9 loses at most this. */
const TICK_MS = 200
const HEARTBEAT_MS = 10_000
/** Points taken from the ring while storage keeps up: beyond it the training thread waits, which keeps memory flat. */
const TAKE_MAX = 1 << 18
/** Codes that may pass by themselves, so that opening is tried again. */
const PASSING = new Set(['store_busy', 'disk_full'])

interface Opened {
  destination: Destination
  facts: FactsCollector
}

/** One run in the worker: drains the ring and the messages, feeds the store, keeps the heartbeat, until the run is finished and stored. */
export class Session {
  readonly #reader: RingReader
  readonly #pending: Pending
  readonly #series: number[] = []
  readonly #environment: RunEnvironment
  #lines: ConsoleLines | null = null
  /** Console text that came before the store was open. */
  #early: Extract<ToWorker, { type: 'console' }>[] = []
  #opened: Opened | null = null
  #opening = 0
  #openTold = false
  #heartbeatAt = 0
  #finish: Extract<ToWorker, { type: 'finish' }> | null = null
  #finishing = false
  readonly #watch: FindingWatch | null
  #droppedBefore = 0
  #droppedTold = 0
  #ended = false

  constructor(
    readonly ring: SharedRing,
    readonly port: MessagePort,
    readonly plan: RunPlan,
  ) {
    this.#reader = new RingReader(ring)
    this.#pending = new Pending(undefined, plan.server ? BATCH_LIMITS : {})
    this.#environment = hostFacts(plan.command)
    this.#watch = plan.diagnose || plan.stopOn !== null ? new FindingWatch((finding) => this.#found(finding)) : null
  }

  async run(): Promise<void> {
    while (!this.#ended) {
      const seen = Atomics.load(this.ring.control, CONTROL.wake)
      const more = await this.#turn()
      Atomics.add(this.ring.control, CONTROL.beat, 1)
      if (this.#ended) break
      if (Atomics.load(this.ring.control, CONTROL.giveUp) === 1) {
        this.ring.setState(STATE.givenUp)
        break
      }
      if (more) await eventLoopTurn()
      else await changed(this.ring.control, CONTROL.wake, seen, TICK_MS)
    }
  }

  /** One round; true when there is more to do at once. */
  async #turn(): Promise<boolean> {
    const asked = Atomics.load(this.ring.control, CONTROL.flushAsked)
    const before = this.#reader.head()
    this.#receive()
    // The end is posted after the last point: whoever has read it must look again for what came before it.
    const head = this.#finish ? this.#reader.head() : before
    const failing = !this.#opened || this.#opened.destination.isFailing
    const room = failing ? Number.POSITIVE_INFINITY : TAKE_MAX - this.#pending.points
    this.#reader.drain(head, room, (series, step, wall, value) => {
      this.#pending.addPoint(this.#series[series] as number, step, wall, value)
      this.#watch?.add(series, step, wall, value)
    })
    this.#publish()
    const opened = this.#opened ?? (await this.#tryOpen())
    if (!opened) {
      if (!this.#ended) this.#answer(asked, false)
      return false
    }
    const drained = !this.#reader.hasUpTo(head)
    const result = await this.#feed(opened, drained)
    if (!this.#finishing) this.#watch?.look(Date.now())
    this.#publish()
    if (result === 'removed') return this.#end('this run was deleted: what is logged from now on is not kept')
    const stored = drained && result === 'stored'
    if (stored && this.#finish && this.#finishing) await this.#close(opened.destination, this.#finish)
    else if (stored || result === 'failing') this.#answer(asked, stored)
    return !stored && result !== 'failing'
  }

  async #feed({ destination, facts }: Opened, drained: boolean) {
    const now = Date.now()
    if (this.#lines) this.#pending.addRecords(this.#lines.take())
    if (this.#finish && drained && !this.#finishing) {
      this.#finishing = true
      await facts.stop()
      this.#pending.addRecords(this.#lines?.takeRest(now) ?? [])
      const { status, reason, endedAt } = this.#finish
      this.#pending.addPatch({ status, statusReason: reason, endedAt, heartbeatAt: now })
    } else if (!this.#finishing) {
      facts.tick(now)
      if (now - this.#heartbeatAt >= HEARTBEAT_MS) {
        this.#heartbeatAt = now
        destination.heartbeat(this.#pending, now)
      }
    }
    if (this.#pending.dropped > this.#droppedBefore) {
      this.#droppedBefore = this.#pending.dropped
      this.#pending.addPatch({ droppedPoints: destination.run.droppedPoints + this.#pending.dropped })
    }
    return destination.feed(this.#finish !== null)
  }

  async #tryOpen(): Promise<Opened | null> {
    const late = this.#opening++ > 0
    try {
      const destination = await this.#openDestination(late)
      const opened: Opened = { destination, facts: new FactsCollector(this.plan, this.#pending, this.#environment, destination.run) }
      this.#opened = opened
      this.#lines = new ConsoleLines(destination.run.nextLine)
      this.#watch?.open(destination.run, destination.past)
      for (const { stream, text, wall } of this.#early) this.#lines.push(stream, text, wall)
      this.#early = []
      this.#heartbeatAt = Date.now()
      if (this.#openTold) warn(`the ${this.plan.server ? 'journal' : 'store'} is open again: ${this.plan.server?.journal ?? this.plan.location}`)
      this.#tell(destination)
      this.ring.setState(STATE.open)
      return opened
    } catch (error) {
      this.#notOpened(error, late)
      return null
    }
  }

  async #openDestination(late: boolean): Promise<Destination> {
    const { plan } = this
    if (!plan.server) return new StoreDestination(await openRun(plan, this.#environment, late), this.#pending)
    const onKnown = () => this.#opened && this.#tell(this.#opened.destination)
    return JournalDestination.open({ plan, server: plan.server, environment: this.#environment, pending: this.#pending, late, onKnown })
  }

  #tell({ run: { name, number, attempt, nextStep, config, summary } }: Destination): void {
    this.#post({ type: 'open', name, number, attempt, nextStep, config, summary })
  }

  #notOpened(error: unknown, late: boolean): void {
    const message = formatError(error)
    const code = isLossboardError(error) ? error.code : 'missing_dependency'
    if (PASSING.has(code)) {
      if (late && !this.#openTold) warn(`${message}. Training goes on; everything logged is kept in memory and tried again`)
      this.#openTold ||= late
      this.ring.setState(STATE.waiting)
    } else if (late) this.#end(`${message}. Nothing of this run can be stored`)
    else {
      this.#ended = true
      this.#post({ type: 'refused', code, message })
      this.ring.setState(STATE.refused)
    }
  }

  #receive(): void {
    for (let received = receiveMessageOnPort(this.port); received; received = receiveMessageOnPort(this.port)) {
      const message = received.message as ToWorker
      if (message.type === 'name') {
        this.#series[message.series] = this.#pending.idOf(message.name)
        this.#watch?.name(message.series, message.name)
      } else if (message.type === 'records') {
        this.#pending.addRecords(message.records)
        this.#watch?.addRecords(message.records)
      } else if (message.type === 'patch') {
        this.#pending.addPatch(message.patch)
        this.#watch?.patch(message.patch)
      } else if (message.type === 'prune') this.#pending.addPruning(message.prune)
      else if (message.type === 'links') this.#pending.addLinks(message.links)
      else if (message.type === 'rules') this.#pending.addRules(message.rules)
      else if (message.type === 'finish') this.#finish = message
      else if (this.#lines) this.#lines.push(message.stream, message.text, message.wall)
      else this.#early.push(message)
    }
  }

  /** One line for the person who watches the training; what the training code found, it tells itself. */
  #found(finding: RunFinding): void {
    const name = this.#opened?.destination.run.name ?? this.plan.id
    if (this.plan.diagnose && finding.origin === 'computed') warn(findingLine(finding, name))
    const { stopOn } = this.plan
    if (stopOn !== null && compareSeverity(finding.severity, stopOn) <= 0) this.#post({ type: 'finding', finding })
  }

  /** Tells the training thread how flush requests up to `asked` went. */
  #answer(asked: number, stored: boolean): void {
    if (Atomics.load(this.ring.control, CONTROL.flushDone) === asked) return
    Atomics.store(this.ring.control, CONTROL.flushStored, stored ? 1 : 0)
    Atomics.store(this.ring.control, CONTROL.flushDone, asked)
    Atomics.notify(this.ring.control, CONTROL.flushDone)
    this.#post({ type: 'flushed', id: asked, stored })
  }

  #publish(): void {
    this.ring.counters[COUNTER.pending] = this.#pending.points
    this.ring.counters[COUNTER.dropped] = this.#pending.dropped
    if (this.#droppedTold > 0 || this.#pending.dropped === 0) return
    this.#droppedTold = this.#pending.dropped
    warn('memory for what the store does not take is used up: what is logged from now on is LOST until the store takes data again')
  }

  async #close(destination: Destination, { until, patient }: { until: number; patient: boolean }): Promise<void> {
    this.ring.setState(STATE.stored)
    this.#watch?.look(Date.now(), true)
    const delivered = await destination.deliver(until, patient, () => Atomics.load(this.ring.control, CONTROL.giveUp) === 1)
    this.ring.counters[COUNTER.undelivered] = delivered ? 0 : 1
    this.#answer(Atomics.load(this.ring.control, CONTROL.flushAsked), delivered)
    await destination.close()
    this.#ended = true
    this.ring.setState(STATE.closed)
    this.#post({ type: 'closed' })
  }

  /** The run can take nothing more. */
  #end(why: string): false {
    warn(why)
    this.#pending.dropped += this.#pending.clear()
    this.ring.counters[COUNTER.dropped] = this.#pending.dropped
    this.ring.counters[COUNTER.pending] = 0
    this.#ended = true
    void this.#opened?.facts.stop()
    this.#opened?.destination.abandon()
    this.#answer(Atomics.load(this.ring.control, CONTROL.flushAsked), false)
    this.ring.setState(STATE.closed)
    this.#post({ type: 'closed' })
    return false
  }

  #post(message: FromWorker): void {
    this.port.postMessage(message)
  }
}
