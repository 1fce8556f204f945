import { SILENT_MS } from '../../core/as-shown.ts'
import type { Store } from '../../db/store.ts'
import { logError } from '../log-error.ts'
import type { LiveFeed } from './live-feed.ts'

export interface HousekeepingOptions {
  /** Milliseconds between looks for crashed runs; default 10,000. */
  crashCheckMs?: number
  /** A run silent for longer counts as crashed; default `SILENT_MS`. */
  silentMs?: number
  /** Milliseconds between packing tails and folding the write-ahead log back; default 60,000. */
  compactMs?: number
}

/** What the serving process does for the store by itself: marks crashed runs, packs tails of plain clients. Does nothing to a read-only store. */
export function startHousekeeping(store: Store, live: LiveFeed, options: HousekeepingOptions = {}): { stop(): Promise<void> } {
  const { crashCheckMs = 10_000, silentMs = SILENT_MS, compactMs = 60_000 } = options
  let current: Promise<void> = Promise.resolve()
  let stopped = false
  const task = (name: string, work: () => Promise<boolean>) => () => {
    // One after the other: they share the store's write lock.
    current = current.then(async () => {
      if (stopped) return
      try {
        if ((await store.info()).readOnly) return
        if (await work()) live.wake()
      } catch (error) {
        logError(`${name} failed; trying again later`, error)
      }
    })
  }
  const markCrashed = task('looking for crashed runs', async () => (await store.markCrashed(Date.now(), silentMs)).length > 0)
  const compact = task('compacting the store', async () => {
    const packed = await store.compact()
    await store.checkpoint()
    return packed > 0
  })
  const timers = [setInterval(markCrashed, crashCheckMs), setInterval(compact, compactMs)]
  for (const timer of timers) timer.unref()
  markCrashed()
  return {
    async stop() {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      await current
    },
  }
}
