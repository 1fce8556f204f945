import { LossboardError } from '../../core/errors.ts'
import type { DeliveryState, DeliveryWriter } from '../../db/delivery.ts'
import type { Store } from '../../db/store.ts'

/** A client session that writes here. */
export interface Session extends Omit<DeliveryState, 'lastSequence'> {
  project: string
  into: DeliveryWriter
  /** By how much its times are shifted, as its run's environment says; 0: not. */
  clockOffsetMs: number
}

/** Each holds about 25 kB. Sessions beyond it are read from the file again when they come back. */
const SERIES_MAX = 4_096

/** The sessions that wrote last, with what their writers know of their series. */
export class WriterPool {
  readonly #sessions = new Map<string, Session>()

  constructor(
    private readonly store: Store,
    private readonly seriesMax: number = SERIES_MAX,
  ) {}

  /** The session of this writer. Throws `not_found` when it is unknown, `invalid_argument` when it writes another run, `token_project`. */
  async get(writer: string, runId: string, onlyProject: string | null): Promise<Session> {
    const session = this.#sessions.get(writer) ?? (await this.#load(writer, runId))
    this.#sessions.delete(writer)
    this.#sessions.set(writer, session)
    if (session.runId !== runId)
      throw new LossboardError('invalid_argument', `writer "${writer}" writes run ${session.runId}, not ${runId.slice(0, 64)}: send it there`)
    checkProject(onlyProject, session.project)
    return session
  }

  /** To be called after a session has written. */
  trim(): void {
    let series = 0
    for (const session of this.#sessions.values()) series += session.into.seriesCount + 1
    for (const [writer, session] of this.#sessions) {
      if (series <= this.seriesMax || this.#sessions.size === 1) return
      series -= session.into.seriesCount + 1
      this.#sessions.delete(writer)
    }
  }

  /** Its run ended, or it cannot be written any more. */
  drop(writer: string): void {
    this.#sessions.delete(writer)
  }

  async #load(writer: string, runId: string): Promise<Session> {
    const state = await this.store.delivery(writer)
    const run = state && (await this.store.run(state.runId))
    if (!state || !run)
      throw new LossboardError(
        'not_found',
        `writer "${writer}" has no run here${(await this.store.run(runId)) ? '' : `, and there is no run ${runId.slice(0, 64)}`}: begin one with POST /api/v1/runs`,
      )
    const into = await this.store.continueRun(state.runId, state.attempt)
    return { writer, runId: run.id, attempt: state.attempt, project: run.project, into, clockOffsetMs: run.environment.clockOffsetMs ?? 0 }
  }
}

/** Throws `token_project` when the token is for another project. */
export function checkProject(only: string | null, project: string): void {
  if (only !== null && only !== project)
    throw new LossboardError('token_project', `this token is for runs of project "${only}", not "${project}"`, { facts: { project: only } })
}
