import { LiveFeed } from '../../../server/live/live-feed.ts'
import { createCaller } from '../../../server/router.ts'
import { type TempStore, tempStore } from '../temp-store.ts'

/** The router over an empty store, called without HTTP. */
export async function callable() {
  const temp: TempStore = await tempStore()
  const live = new LiveFeed(temp.store)
  return {
    ...temp,
    call: createCaller({ store: temp.store, live, version: '9.9.9' }),
    async remove() {
      live.close()
      await temp.remove()
    },
  }
}

export type Callable = Awaited<ReturnType<typeof callable>>
