import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { finishRun, heartbeat } from './end-run.ts'
import type { IngestPlan, IngestTask, Operation } from './ingest-messages.ts'
import { openRun } from './open-run.ts'
import { patchRun } from './patch-run.ts'
import { storeBatch } from './store-batch.ts'
import { WriterPool } from './writer-pool.ts'

/** What an operation may use. */
export interface Desk {
  store: Store
  writers: WriterPool
  plan: IngestPlan
}

export interface Answer {
  status: 200 | 201
  body: unknown
}

const OPERATIONS: Record<Operation, (desk: Desk, task: IngestTask) => Promise<Answer>> = {
  open: openRun,
  batch: storeBatch,
  patch: patchRun,
  heartbeat,
  finish: finishRun,
}

/** Waiting longer for another program's transaction would hold up every other client; the one whose turn it is comes back. */
const BUSY_TIMEOUT_MS = 2_000

/** Carries out requests against the store, one at a time. */
export class Intake {
  #desk: Desk | null = null

  constructor(private readonly plan: IngestPlan) {}

  /** Throws LossboardError; nothing was stored then. */
  async take(task: IngestTask): Promise<Answer> {
    const desk = await this.#open()
    const answer = await OPERATIONS[task.operation](desk, task)
    if (task.tokenId !== null) await noteUse(desk.store, task.tokenId)
    return answer
  }

  async close(): Promise<void> {
    await this.#desk?.store.close()
  }

  async #open(): Promise<Desk> {
    if (this.#desk) return this.#desk
    const store = await openStore(this.plan.location, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS })
    this.#desk = { store, writers: new WriterPool(store), plan: this.plan }
    return this.#desk
  }
}

async function noteUse(store: Store, tokenId: string): Promise<void> {
  try {
    await store.tokens.touch(tokenId)
  } catch {
    // The request is stored, which counts; the note is made with the next one.
  }
}
