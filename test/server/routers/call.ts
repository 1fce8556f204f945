import type { Store } from '../../../db/store.ts'
import { Diagnoser } from '../../../server/diagnosis/diagnoser.ts'
import { LiveFeed } from '../../../server/live/live-feed.ts'
import { createCaller } from '../../../server/router.ts'
import { type TempStore, tempStore } from '../temp-store.ts'

/** The router over a store, called without HTTP. Nothing is diagnosed until `diagnoser` is started. */
export function callOver(store: Store, live = new LiveFeed(store)) {
  const diagnoser = new Diagnoser(store, live, { lookMs: 5, runningMs: 20, delayMs: 0 })
  return { live, diagnoser, call: createCaller({ store, live, diagnoser, version: '9.9.9' }) }
}

/** The router over an empty store. */
export async function callable() {
  const temp: TempStore = await tempStore()
  const { live, diagnoser, call } = callOver(temp.store)
  return {
    ...temp,
    live,
    diagnoser,
    call,
    async remove() {
      live.close()
      await diagnoser.stop()
      await temp.remove()
    },
  }
}

export type Callable = Awaited<ReturnType<typeof callable>>
