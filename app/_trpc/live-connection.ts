import { type LiveChanges, mergeChanges } from './merge-changes.ts'

export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'paused'

/** Shortest time between two deliveries (ms): four a second is as fast as an eye follows a table. */
const DELIVERY_MS = 250
const RETRY_MS = 1_000

interface Handlers {
  onData(event: { id: string; data: Omit<LiveChanges, 'startRev'> }): void
  onConnectionStateChange(state: { state: 'idle' | 'connecting' | 'pending'; error: unknown }): void
  onError(error: unknown): void
  onComplete(): void
}
type Subscribe = (lastEventId: string | undefined, handlers: Handlers) => { unsubscribe(): void }

/** Owns the stream of one tab: opens and closes it with the tab's visibility, resumes by event id, merges and paces what arrives. */
export class LiveConnection {
  readonly #subscribe: Subscribe
  readonly #listeners = new Set<(changes: LiveChanges) => void>()
  #stream: { unsubscribe(): void } | null = null
  #lastEventId: string | undefined
  #waiting: LiveChanges | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #retry: ReturnType<typeof setTimeout> | null = null
  #deliveredAt = 0
  #wasLost = false
  #onStatus: (status: LiveStatus) => void = () => {}

  constructor(subscribe: Subscribe) {
    this.#subscribe = subscribe
  }

  listen(listener: (changes: LiveChanges) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows the tab's visibility until the returned function is called. */
  start(onStatus: (status: LiveStatus) => void): () => void {
    this.#onStatus = onStatus
    const follow = () => (document.visibilityState === 'hidden' ? this.#pause() : this.#open())
    document.addEventListener('visibilitychange', follow)
    follow()
    return () => {
      document.removeEventListener('visibilitychange', follow)
      this.#close()
      this.#onStatus = () => {}
    }
  }

  #open(): void {
    if (this.#stream) return
    if (this.#retry) clearTimeout(this.#retry)
    this.#onStatus(this.#wasLost ? 'reconnecting' : 'connecting')
    let current: { unsubscribe(): void } | null = null
    // A stream that was replaced may still speak once.
    const ifCurrent = (act: () => void) => (current === null || current === this.#stream) && act()
    current = this.#subscribe(this.#lastEventId, {
      onData: ({ id, data }) =>
        ifCurrent(() => {
          this.#receive({ ...data, startRev: this.#lastEventId === undefined ? data.rev : null })
          this.#lastEventId = id
        }),
      onConnectionStateChange: ({ state, error }) =>
        ifCurrent(() => {
          if (state === 'pending') this.#connected()
          else if (state === 'connecting' && error) this.#lost()
        }),
      onError: () => ifCurrent(() => this.#reopen()),
      onComplete: () => ifCurrent(() => this.#reopen()),
    })
    this.#stream = current
  }

  #connected(): void {
    this.#onStatus('live')
    this.#wasLost = false
  }

  #lost(): void {
    this.#wasLost = true
    this.#onStatus('reconnecting')
  }

  #reopen(): void {
    this.#close()
    this.#lost()
    this.#retry = setTimeout(() => document.visibilityState !== 'hidden' && this.#open(), RETRY_MS)
  }

  #pause(): void {
    this.#close()
    this.#onStatus('paused')
  }

  #close(): void {
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = null
    const stream = this.#stream
    this.#stream = null
    stream?.unsubscribe()
  }

  #receive(changes: LiveChanges): void {
    this.#waiting = mergeChanges(this.#waiting, changes)
    if (this.#timer) return
    this.#timer = setTimeout(() => this.#deliver(), Math.max(0, this.#deliveredAt + DELIVERY_MS - Date.now()))
  }

  #deliver(): void {
    const changes = this.#waiting
    this.#timer = null
    this.#waiting = null
    this.#deliveredAt = Date.now()
    if (changes) for (const listener of this.#listeners) listener(changes)
  }
}
