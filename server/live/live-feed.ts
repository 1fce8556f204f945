import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Changes, Store } from '../../db/store.ts'
import { logError } from '../log-error.ts'

export interface LiveFeedOptions {
  /** Milliseconds between looks at the store while someone listens; default 50. */
  pollMs?: number
  /** Least milliseconds between two events of one stream; default 100. */
  coalesceMs?: number
}

/** A cursor no store ever reached: the answer is a reset that carries the current revision. */
const NO_CURSOR = Number.MAX_SAFE_INTEGER

/**
 * Tells every open tab what changed. One look at the store per tick serves all of them: the trainers are other processes,
 * so the only signal is that the file changed. Nothing runs while nobody listens.
 */
export class LiveFeed {
  readonly #store: Store
  readonly #pollMs: number
  readonly #coalesceMs: number
  /** Cursors of another process are not ours: it may have served another file, whose revisions mean something else. */
  readonly #tag = randomBytes(6).toString('hex')
  readonly #closed = new AbortController()
  /** Those waiting for the next change. */
  readonly #waiting = new Set<() => void>()
  /** Answers to the cursors asked for since the last change: tabs at the same revision share one query. */
  readonly #answers = new Map<number, Promise<Changes>>()
  #timer: NodeJS.Timeout | null = null
  #listeners = 0
  #wakes = 0
  #failing = false

  constructor(store: Store, options: LiveFeedOptions = {}) {
    this.#store = store
    this.#pollMs = options.pollMs ?? 50
    this.#coalesceMs = options.coalesceMs ?? 100
  }

  /** Open streams. */
  get listeners(): number {
    return this.#listeners
  }

  /** Look now: this process has just written itself, which the change signal does not show. */
  wake(): void {
    this.#wakes++
    this.#answers.clear()
    for (const go of this.#waiting) go()
    this.#waiting.clear()
  }

  /** Ends every stream and looks at the store no more. */
  close(): void {
    this.#closed.abort()
    this.#rest()
  }

  /** What a stream hands in to go on after this item. */
  cursor(changes: Changes): string {
    return `${changes.rev}-${this.#tag}`
  }

  #parse(cursor: string): number | null {
    const [, rev, tag] = /^(\d{1,15})-([0-9a-f]+)$/.exec(cursor) ?? []
    return tag === this.#tag ? Number(rev) : null
  }

  /**
   * Changes after `cursor`, until `signal` aborts. The first item comes at once: what was missed, or, without a cursor, an empty item
   * that names the current revision. A cursor that was not made here gets `reset`.
   */
  async *subscribe(cursor: string | null, signal?: AbortSignal): AsyncGenerator<Changes> {
    const stop = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal
    if (stop.aborted) return
    const stopWaiting = new Set<() => void>()
    const onStop = () => {
      for (const go of stopWaiting) go()
    }
    stop.addEventListener('abort', onStop)
    this.#join()
    try {
      const known = cursor === null ? null : this.#parse(cursor)
      // The count is taken before each query, so that a change during the query is not missed.
      let seen = this.#wakes
      const first = await this.#since(known ?? NO_CURSOR)
      let rev = first.rev
      yield known === null ? { rev, runs: [], removed: [], studies: [], removedStudies: [], findings: [], reset: cursor !== null } : first
      for (;;) {
        await sleep(this.#coalesceMs, undefined, { signal: stop })
        if (seen === this.#wakes) await this.#nextWake(stopWaiting)
        if (stop.aborted) return
        seen = this.#wakes
        const changes = await this.#since(rev)
        if (changes.rev === rev && !changes.reset) continue
        rev = changes.rev
        yield changes
      }
    } catch (error) {
      if (!stop.aborted) throw error
    } finally {
      stop.removeEventListener('abort', onStop)
      this.#leave()
    }
  }

  #nextWake(stopWaiting: Set<() => void>): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        this.#waiting.delete(go)
        stopWaiting.delete(go)
        resolve()
      }
      this.#waiting.add(go)
      stopWaiting.add(go)
    })
  }

  #since(cursor: number): Promise<Changes> {
    const known = this.#answers.get(cursor)
    if (known) return known
    const answer = this.#store.changes(cursor)
    this.#answers.set(cursor, answer)
    answer.catch(() => this.#answers.delete(cursor))
    return answer
  }

  #join(): void {
    this.#listeners++
    if (this.#timer) return
    // Nobody looked while nobody listened: what was kept from then may be old.
    this.#answers.clear()
    this.#timer = setInterval(() => this.#look(), this.#pollMs)
  }

  #leave(): void {
    this.#listeners--
    if (this.#listeners === 0) this.#rest()
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  #look(): void {
    try {
      if (this.#store.changed()) this.wake()
      this.#failing = false
    } catch (error) {
      // Once, not twenty times a second: a disk that is gone stays gone for a while.
      if (!this.#failing) logError('looking for changes failed; still trying', error)
      this.#failing = true
    }
  }
}
