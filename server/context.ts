import type { Store } from '../db/store.ts'
import type { Diagnoser } from './diagnosis/diagnoser.ts'
import type { LiveFeed } from './live/live-feed.ts'

/** What every procedure may use. */
export interface Context {
  store: Store
  live: LiveFeed
  diagnoser: Diagnoser
  /** Version of the program that serves. */
  version: string
  /** True for a request whose token may read only. */
  readsOnly?: boolean
}
