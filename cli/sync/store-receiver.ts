import { isLossboardError } from '../../core/errors.ts'
import type { BatchAnswer, OpenRunAnswer, OpenRunBody } from '../../core/ingest/protocol.ts'
import type { IngestTask } from '../../server/ingest/ingest-messages.ts'
import { Intake } from '../../server/ingest/intake.ts'
import { INGEST_LIMITS } from '../../server/ingest/limits.ts'
import type { Receiver, Reply, RunEnd } from '../../trainer/journal/server-client.ts'

/** May pass by themselves. */
const PASSING = new Set(['store_busy', 'disk_full'])

/** A store in a file that takes journals as a server would, by the same code: each batch once. */
export class StoreReceiver implements Receiver {
  readonly #intake: Intake

  constructor(readonly name: string) {
    this.#intake = new Intake({ location: name, limits: { ...INGEST_LIMITS, points: Number.MAX_SAFE_INTEGER } })
  }

  open(run: OpenRunBody): Promise<Reply<OpenRunAnswer>> {
    return this.#take('open', '', json(run))
  }

  batch(runId: string, _sequence: number, bytes: Uint8Array): Promise<Reply<BatchAnswer>> {
    return this.#take('batch', runId, bytes)
  }

  finish(runId: string, end: RunEnd): Promise<Reply<object>> {
    return this.#take('finish', runId, json(end))
  }

  close(): Promise<void> {
    return this.#intake.close()
  }

  async #take<Body>(operation: IngestTask['operation'], runId: string, body: Uint8Array): Promise<Reply<Body>> {
    const plain = { gzip: false, sentAt: null, adjustClock: false, project: null, tokenId: null }
    try {
      const answer = await this.#intake.take({ operation, runId, body, binary: operation === 'batch', receivedAt: Date.now(), ...plain })
      return { kind: 'ok', body: answer.body as Body }
    } catch (error) {
      if (!isLossboardError(error)) throw error
      const { code, message, facts } = error
      if (PASSING.has(code)) return { kind: 'later', why: message, afterMs: 0 }
      const expected = typeof facts?.expected === 'number' ? { expected: facts.expected } : {}
      return { kind: 'refused', status: 400, code, message, ...expected }
    }
  }
}

function json(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}
