import type { Stops } from './spawn-cell.ts'

/** SIGHUP is left alone: a handler would undo `nohup`. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** While cells run in child processes, Ctrl-C is ours: the first asks them to stop, the second kills them. */
export class StopOnSignal implements Stops {
  readonly #abort = new AbortController()
  readonly #kill = new AbortController()
  readonly #onSignal = (signal: NodeJS.Signals) => {
    if (this.#abort.signal.aborted) this.#kill.abort('SIGKILL')
    else this.#abort.abort(signal)
  }

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
  }

  /** Aborted by the first signal; its reason is the signal's name. */
  get stop(): AbortSignal {
    return this.#abort.signal
  }

  /** Aborted by the second: no more patience. */
  get kill(): AbortSignal {
    return this.#kill.signal
  }

  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }
}
