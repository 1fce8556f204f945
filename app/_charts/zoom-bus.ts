/**
 * The x range every chart of a page shows while a hand is moving it. The chart under the hand follows each frame, the others at most
 * every 100 ms; when the hand rests, `commit` puts the range into the URL and the data is asked for again at full resolution.
 */
export type ZoomRange = [number, number] | null

const OTHERS_MS = 100
/** Rest before the new range is settled and its data fetched. */
export const SETTLE_MS = 110

type Listener = () => void

export interface ZoomBus {
  /** The range under the hand; undefined when nothing is moving. */
  live(): ZoomRange | undefined
  /** Moves the range at once; `source` is the chart under the hand. */
  move(range: ZoomRange, source: string): void
  /** Forgets the moving range: the settled one has arrived. */
  settle(): void
  subscribe(listener: Listener, id: string): () => void
  /** Called with the range when the hand has rested. */
  onCommit: (range: ZoomRange) => void
}

export function createZoomBus(timers: { set: (run: () => void, ms: number) => number; clear: (timer: number) => void }): ZoomBus {
  const listeners = new Map<Listener, string>()
  let range: ZoomRange | undefined
  let source = ''
  let others: number | null = null
  let rest: number | null = null

  const tell = (everyone: boolean) => {
    for (const [listener, id] of listeners) if (everyone || id === source) listener()
  }
  const bus: ZoomBus = {
    onCommit: () => {},
    live: () => range,
    move(next, from) {
      range = next
      source = from
      tell(false)
      if (others === null)
        others = timers.set(() => {
          others = null
          tell(true)
        }, OTHERS_MS)
      if (rest !== null) timers.clear(rest)
      rest = timers.set(() => {
        rest = null
        if (range !== undefined) bus.onCommit(range)
      }, SETTLE_MS)
    },
    settle() {
      if (range === undefined || rest !== null) return
      range = undefined
      tell(true)
    },
    subscribe(listener, id) {
      listeners.set(listener, id)
      return () => listeners.delete(listener)
    },
  }
  return bus
}

/** One page, one bus. */
export const zoomBus = createZoomBus({ set: (run, ms) => window.setTimeout(run, ms), clear: (timer) => window.clearTimeout(timer) })
