import type { Store } from '../db/store.ts'
import type { Diagnoser } from './diagnosis/diagnoser.ts'
import type { LiveFeed } from './live/live-feed.ts'

/** What every procedure may use. Built once per process: requests carry no state of their own. */
export interface Context {
  store: Store
  live: LiveFeed
  diagnoser: Diagnoser
  /** Version of the program that serves. */
  version: string
}
