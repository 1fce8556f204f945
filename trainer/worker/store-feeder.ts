import { isLossboardError } from '../../core/errors.ts'
import type { FlushBatch, RunWriter } from '../../db/store.ts'
import { formatError } from '../format-error.ts'
import { warn } from '../warn.ts'
import type { FeedResult } from './destination.ts'
import type { Pending } from './pending.ts'

/** Another writer's transaction: short, because everything is kept in memory and tried again at the next turn. */
const BUSY_MS = 20
const LAST_BUSY_MS = 500
/** Being locked out for a moment is normal with several writers; this long is worth a word. */
const TELL_LOCK_MS = 5_000
/** Transactions of one turn, so that the ring is drained in between. */
const BATCHES_PER_TURN = 4

/** Codes about the batch itself: trying again would fail for ever, and hold up everything after it. */
const FOR_GOOD = new Set(['invalid_metric_name', 'invalid_value', 'invalid_step', 'invalid_option', 'invalid_argument'])

/** Brings what is pending into the store, batch by batch, and survives whatever the storage does. Never throws. */
export class StoreFeeder {
  #failingSince: number | null = null
  #told = false

  constructor(
    readonly writer: RunWriter,
    readonly pending: Pending,
  ) {}

  get isFailing(): boolean {
    return this.#failingSince !== null
  }

  feed(patient: boolean): FeedResult {
    for (let turn = 0; turn < BATCHES_PER_TURN; turn++) {
      const batch = this.pending.batch()
      if (!batch) return 'stored'
      const error = this.#flush(batch, patient)
      if (error === null) this.pending.forget(batch)
      else if (isLossboardError(error) && error.code === 'not_found') return 'removed'
      else if (isForGood(error)) {
        if (!this.#flushParts(batch, patient)) return 'failing'
        this.pending.forget(batch)
      } else {
        this.#failing(error)
        return 'failing'
      }
      this.#recovered()
    }
    return this.pending.isEmpty ? 'stored' : 'more'
  }

  #flush(batch: FlushBatch, patient: boolean): unknown {
    try {
      this.writer.flush(batch, { timeoutMs: patient ? LAST_BUSY_MS : BUSY_MS })
      return null
    } catch (error) {
      return error
    }
  }

  /** One part of the batch can never be stored: the others must not suffer. What is refused is told and counted. */
  #flushParts(batch: FlushBatch, patient: boolean): boolean {
    const { points, records = [], prune, links, patch, rules } = batch
    const parts: FlushBatch[] = [
      ...(patch ? [{ patch }] : []),
      ...(rules ? [{ rules }] : []),
      ...(points ? [{ points }] : []),
      ...records.map((record) => ({ records: [record] })),
      ...(prune ? [{ prune }] : []),
      ...(links ?? []).map((link) => ({ links: [link] })),
    ]
    const first = parts.findIndex((part) => {
      const error = this.#flush(part, patient)
      if (error === null) return false
      if (!isForGood(error)) {
        this.#failing(error)
        return true
      }
      const lost = (part.points?.step.length ?? 0) + (part.records?.length ?? 0)
      this.pending.dropped += lost
      warn(`${whatIs(part)} cannot be stored: ${formatError(error)}`)
      return false
    })
    if (first < 0) return true
    // Parts before the failure are committed; writing points twice would supersede them, so they must not come again.
    this.pending.keepOnly(batch, parts.slice(first))
    return false
  }

  #failing(error: unknown): void {
    this.#failingSince ??= Date.now()
    const locked = isLossboardError(error) && error.code === 'store_busy'
    if (this.#told || (locked && Date.now() - this.#failingSince < TELL_LOCK_MS)) return
    this.#told = true
    warn(`${formatError(error)}. Training goes on; everything logged is kept in memory and tried again`)
  }

  #recovered(): void {
    if (this.#told) warn('the store takes data again')
    this.#failingSince = null
    this.#told = false
  }
}

function isForGood(error: unknown): boolean {
  if (isLossboardError(error)) return FOR_GOOD.has(error.code)
  return error instanceof TypeError || error instanceof RangeError
}

function whatIs({ points, records, prune, links, patch, rules }: FlushBatch): string {
  if (points) return `a batch of ${points.step.length} points`
  if (records?.[0]) return `the ${records[0].kind} "${records[0].name}" of step ${records[0].step}`
  if (links?.[0]) return `the link to run "${links[0].to}"`
  if (prune?.[0]) return `the pruning of ${prune[0].name}`
  return patch ? `a change of the run (${Object.keys(patch).join(', ')})` : `rules for ${rules?.map(({ pattern }) => pattern).join(', ')}`
}
