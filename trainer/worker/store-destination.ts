import type { Destination, FeedResult, OpenedRun } from './destination.ts'
import type { OpenRun } from './open-run.ts'
import type { Pending } from './pending.ts'
import { StoreFeeder } from './store-feeder.ts'

/** The store in a file. */
export class StoreDestination implements Destination {
  readonly run: OpenedRun
  readonly past: Destination['past']
  readonly #open: OpenRun
  readonly #feeder: StoreFeeder

  constructor(open: OpenRun, pending: Pending) {
    this.#open = open
    this.past = { run: open.run, store: open.store }
    this.#feeder = new StoreFeeder(open.writer, pending)
    const { id, project, name, number, attempt, startedAt, droppedPoints, config, summary } = open.run
    this.run = { id, project, name, number, attempt, startedAt, droppedPoints, config, summary, nextStep: open.nextStep, nextLine: open.nextLine }
  }

  get isFailing(): boolean {
    return this.#feeder.isFailing
  }

  feed(patient: boolean): FeedResult {
    return this.#feeder.feed(patient)
  }

  heartbeat(pending: Pending, now: number): void {
    // A reader may have taken a suspended machine for a crash: the run says that it lives.
    pending.addPatch({ heartbeatAt: now, status: 'running', statusReason: null, endedAt: null })
  }

  async deliver(): Promise<boolean> {
    return true
  }

  async close(): Promise<void> {
    try {
      // Packs the newest points. A courtesy: readers understand unpacked ones, and the server packs them later.
      this.#open.writer.close()
      await this.#open.store.close()
    } catch {
      // Everything is committed: nothing is lost with this connection.
    }
  }

  abandon(): void {
    void this.#open.store.close()
  }
}
