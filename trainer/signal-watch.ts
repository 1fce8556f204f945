/** SIGHUP is left alone: a handler would undo `nohup`. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** A handler in JavaScript runs only when the event loop turns. A training loop that has not let it turn for this long must still obey Ctrl-C. */
const BLOCKED_MS = 2_000
const TURN_MS = 500

export interface SignalActions {
  /** True when the script reads `run.signal` and so ends its loop itself. */
  isWatched(): boolean
  abort(signal: NodeJS.Signals): void
  /** Stores everything as interrupted. */
  end(signal: NodeJS.Signals): void
}

/**
 * Ctrl-C and its kin. Without handlers of the user's own: store everything, mark the run interrupted, and let the signal end the
 * process as it would have. With them, or with a `run.signal` that somebody reads: abort the signal and leave the rest to the script.
 */
export class SignalWatch {
  /** Time after which a turn of the event loop is overdue. */
  releaseAfter = Number.POSITIVE_INFINITY
  #turns: NodeJS.Timeout | null = null
  #installed = false
  #seen = false

  constructor(readonly actions: SignalActions) {}

  start(): void {
    this.#seen = false
    this.#turn()
    this.#turns = setInterval(() => this.#turn(), TURN_MS)
    this.#turns.unref()
  }

  stop(): void {
    if (this.#turns) clearInterval(this.#turns)
    this.#turns = null
    this.release()
  }

  /** Gives the signals back: they end the process at once, as without this library. The next turn of the event loop takes them again. */
  release(): void {
    this.releaseAfter = Number.POSITIVE_INFINITY
    if (!this.#installed) return
    this.#installed = false
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }

  #turn(): void {
    this.releaseAfter = Date.now() + BLOCKED_MS
    if (this.#installed) return
    this.#installed = true
    // First in line: a handler of the user's own finds the run marked, and its `finish()` says interrupted.
    for (const signal of SIGNALS) process.prependListener(signal, this.#onSignal)
  }

  readonly #onSignal = (signal: NodeJS.Signals) => {
    const leave = hasOwnHandlers(signal) || (this.actions.isWatched() && !this.#seen)
    this.#seen = true
    this.actions.abort(signal)
    if (leave) return
    this.actions.end(signal)
    this.stop()
    process.kill(process.pid, signal)
  }
}

/** The package signal-exit only passes signals on when nobody else listens: counted as a handler, each would wait for the other. */
function hasOwnHandlers(signal: NodeJS.Signals): boolean {
  const shared = globalThis as { [key: symbol]: { count?: number } | undefined }
  const legacy = process as unknown as { __signal_exit_emitter__?: { count?: number } }
  const passive = (shared[Symbol.for('signal-exit emitter')]?.count ?? 0) + (legacy.__signal_exit_emitter__?.count ?? 0)
  return process.listenerCount(signal) - 1 - passive > 0
}
