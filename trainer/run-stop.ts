import { LossboardError } from '../core/errors.ts'
import type { RunFinding } from '../core/findings/run-finding.ts'
import { findingText } from './finding-line.ts'

/** Why a run was asked to stop, if it was: the first reason counts. */
export class RunStop {
  readonly #abort = new AbortController()
  /** The signal of the operating system that was caught. */
  caught: NodeJS.Signals | null = null
  #found: string | null = null

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** The reason in a line; null: nobody asked. */
  get why(): string | null {
    return this.caught ?? this.#found
  }

  bySignal(signal: NodeJS.Signals): void {
    this.caught = signal
    this.#abort.abort(new DOMException(`the run was interrupted by ${signal}`, 'AbortError'))
  }

  /** `stopOn` of `init` asked for it. */
  byFinding(finding: RunFinding): void {
    if (this.#abort.signal.aborted) return
    this.#found = `stopped: ${findingText(finding)}`
    this.#abort.abort(new LossboardError('stopped_by_finding', this.#found, { cause: finding }))
  }
}
