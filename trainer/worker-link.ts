import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { LossboardError } from '../core/errors.ts'
import type { RunFinding } from '../core/findings/run-finding.ts'
import { RingWriter } from './ring-writer.ts'
import { CONTROL, COUNTER, MASK, RECORD_HEAD, SharedRing, STATE } from './shared-ring.ts'
import { startWorker } from './start-worker.ts'
import type { FromWorker, RunPlan, ToWorker } from './worker-messages.ts'

/** How long `init` waits to hear whether the store takes the run. A healthy store answers within some 0.1 s. */
const START_MS = 15_000
/** A thread torn down inside the database driver takes the process down with an abort: this long it may take to come out. */
const GIVE_UP_MS = 2_000

const FLUSH_AGAIN_MS = 200

type Opened = Extract<FromWorker, { type: 'open' }>

/** The training thread's side of the flush worker. */
export class WorkerLink {
  readonly #ring = new SharedRing()
  readonly writer = new RingWriter(this.#ring)
  readonly #port: MessagePort
  #waiting: { id: number; resolve: (stored: boolean) => void }[] = []
  #gone = false
  #refused: LossboardError | null = null

  constructor(
    plan: RunPlan,
    readonly onOpen: (opened: Opened) => void,
    readonly onGone: () => void,
    readonly onFinding: (finding: RunFinding) => void,
  ) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const worker = startWorker({ buffer: this.#ring.buffer, port: port2, plan })
    worker.on('error', () => this.#ring.setState(STATE.dead))
    worker.on('exit', () => this.#end())
    port1.on('message', (message: FromWorker) => this.#take(message))
    port1.unref()
  }

  get isGone(): boolean {
    const { state } = this.#ring
    return state === STATE.closed || state === STATE.dead || state === STATE.refused || state === STATE.givenUp
  }

  /** Blocks until the store is open, refuses for now (then logging goes to memory), or refuses for good (then throws). */
  waitForStart(): void {
    Atomics.wait(this.#ring.control, CONTROL.state, STATE.starting, START_MS)
    this.#receive()
    if (this.#refused) throw this.#refused
  }

  post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer)
  }

  wake(): void {
    this.#ring.wake()
  }

  /** Resolves once everything logged before is stored (true), or cannot be stored now (false). */
  flush(): Promise<boolean> {
    if (this.isGone) return Promise.resolve(this.isDelivered())
    const id = this.#ask()
    this.#port.ref()
    return new Promise((resolve) => this.#waiting.push({ id, resolve }))
  }

  /** The worker answers "not now" at once and tries again every 200 ms: so long as it lives, until `until`. */
  async flushUntil(until: number): Promise<boolean> {
    for (;;) {
      if (await this.flush()) return true
      if (this.isGone || Date.now() >= until) return false
      await new Promise((resolve) => setTimeout(resolve, FLUSH_AGAIN_MS))
    }
  }

  flushSync(timeoutMs: number): boolean {
    const { control } = this.#ring
    const id = this.#ask()
    const until = Date.now() + timeoutMs
    for (let left = timeoutMs; left > 0 && !this.isGone; left = until - Date.now()) {
      const done = Atomics.load(control, CONTROL.flushDone)
      if (((done - id) | 0) >= 0) return Atomics.load(control, CONTROL.flushStored) === 1
      Atomics.wait(control, CONTROL.flushDone, done, Math.min(left, 100))
    }
    return this.isGone && this.isDelivered()
  }

  /** For the end of the process: blocks until the worker has stored everything and closed the store, or until `until`; true when everything is stored. */
  waitForClose(until: number): boolean {
    this.#waitUntilGone(until)
    const { state } = this.#ring
    if (!this.isGone) {
      Atomics.store(this.#ring.control, CONTROL.giveUp, 1)
      this.#ring.wake()
      this.#waitUntilGone(Date.now() + GIVE_UP_MS)
    }
    return state === STATE.closed || state === STATE.stored
  }

  #waitUntilGone(until: number): void {
    for (let left = until - Date.now(); left > 0 && !this.isGone; left = until - Date.now())
      Atomics.wait(this.#ring.control, CONTROL.state, this.#ring.state, Math.min(left, 100))
  }

  /** Points the worker holds or has yet to take, and what was given up. */
  unstored(): number {
    const { control, counters, slots } = this.#ring
    const head = Atomics.load(control, CONTROL.head)
    let count = (counters[COUNTER.pending] as number) + this.dropped()
    for (let tail = Atomics.load(control, CONTROL.tail); tail !== head; ) {
      const points = slots[tail & MASK] as number
      count += points
      tail = (tail + RECORD_HEAD + 2 * points) | 0
    }
    return count
  }

  /** Everything is where it was to go, once the worker is gone. */
  isDelivered(): boolean {
    return this.unstored() === 0 && this.#ring.counters[COUNTER.undelivered] === 0
  }

  dropped(): number {
    return this.#ring.counters[COUNTER.dropped] as number
  }

  #ask(): number {
    const id = (Atomics.add(this.#ring.control, CONTROL.flushAsked, 1) + 1) | 0
    this.#ring.wake()
    return id
  }

  #receive(): void {
    for (let received = receiveMessageOnPort(this.#port); received; received = receiveMessageOnPort(this.#port))
      this.#take(received.message as FromWorker)
  }

  #take(message: FromWorker): void {
    if (message.type === 'open') this.onOpen(message)
    else if (message.type === 'refused') this.#refused = new LossboardError(message.code, message.message)
    else if (message.type === 'finding') this.onFinding(message.finding)
    else if (message.type === 'flushed') this.#answer(({ id }) => ((message.id - id) | 0) >= 0, message.stored)
    else this.#end()
  }

  #answer(which: (waiting: { id: number }) => boolean, stored: boolean): void {
    const answered = this.#waiting.filter(which)
    this.#waiting = this.#waiting.filter((waiting) => !which(waiting))
    for (const { resolve } of answered) resolve(stored)
    if (this.#waiting.length === 0) this.#port.unref()
  }

  #end(): void {
    if (this.#gone) return
    this.#gone = true
    this.#answer(() => true, this.isDelivered())
    this.#port.close()
    this.onGone()
  }
}
