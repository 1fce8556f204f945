import type { JsonObject, Run } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'
import type { Pending } from './pending.ts'

/** What is known of a run once it is open. */
export interface OpenedRun {
  id: string
  project: string
  name: string
  /** null: the server was not reached yet, which counts the runs of a project. */
  number: number | null
  attempt: number
  /** Step of the next `log` call without one. */
  nextStep: number
  /** Number of the next console line. */
  nextLine: number
  startedAt: number
  droppedPoints: number
  config: JsonObject
  summary: JsonObject
}

export type FeedResult = 'stored' | 'more' | 'failing' | 'removed'

/** Where a session brings what was logged: a store in a file, or the journal of a server. */
export interface Destination {
  readonly run: OpenedRun
  /** Where the run's past can be read; null: not from here. */
  readonly past: { run: Run; store: Store } | null
  /** It takes nothing at the moment; what is logged is kept in memory. */
  readonly isFailing: boolean
  /** Brings what is pending there, and survives whatever the storage does. Never throws. */
  feed(patient: boolean): FeedResult
  /** The run says that it lives. Called every 10 s. */
  heartbeat(pending: Pending, now: number): void
  /**
   * Everything is fed and the run has ended. Resolves to true once everything is where it belongs, to false when that has not come
   * about by `until`, or the process ends (`isGivenUp`).
   * @param patient wait for what is away, too
   */
  deliver(until: number, patient: boolean, isGivenUp: () => boolean): Promise<boolean>
  /** After `deliver`. */
  close(): Promise<void>
  /** Lets go of everything at once: the run can take nothing more. */
  abandon(): void
}
