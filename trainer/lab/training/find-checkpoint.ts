import { LossboardError } from '../../../core/errors.ts'
import { KINDS } from '../../../core/kinds/registry.ts'
import type { CheckpointValue } from '../../../core/kinds/values.ts'
import type { Run } from '../../../core/run.ts'
import type { StoredNumber } from '../../../core/stored-number.ts'
import type { Store } from '../../../db/store.ts'
import { type EvaluationMetric, goalOf } from '../config/evaluation-metrics.ts'
import { type CheckpointState, decodeCheckpoint } from './checkpoint-codec.ts'

export type CheckpointChoice = 'best' | 'last' | number

/** A checkpoint of the newest line of a run whose bytes are still there. */
export interface KeptCheckpoint {
  /** Step of its record, the one the charts show: its last update. */
  step: number
  hash: string
  value: CheckpointValue
}

export const CHECKPOINT_NAME = 'checkpoint'

/** All checkpoints of a run that can be read, oldest step first. */
export async function keptCheckpoints(store: Store, runId: string): Promise<KeptCheckpoint[]> {
  const records = await store.records({ runId, name: CHECKPOINT_NAME, kind: 'checkpoint' })
  const kept = new Map<number, KeptCheckpoint>()
  for (const { step, payload, blobHash } of records) {
    const value = KINDS.checkpoint.decode(payload)
    if (blobHash !== null && !value.pruned) kept.set(step, { step, hash: blobHash, value })
  }
  return [...kept.values()].sort((a, b) => a.step - b.step)
}

/**
 * The checkpoint meant by `best` (by the metric of the run's own config), `last`, or the step of its record.
 * @throws LossboardError `not_found` saying which there are
 */
export function chooseCheckpoint(kept: readonly KeptCheckpoint[], choice: CheckpointChoice, run: Run): KeptCheckpoint {
  const last = kept.at(-1)
  if (!last) throw new LossboardError('not_found', `run ${run.name} has no checkpoint: it was not trained by the lab, or ended before its first one`)
  if (choice === 'last') return last
  if (choice === 'best') {
    const metric = bestMetric(run)
    const best = bestOf(kept, metric)
    if (best) return best
    throw new LossboardError(
      'not_found',
      `run ${run.name} has no checkpoint with ${metric}: take ${run.name}:last, or one of the steps ${list(kept)}`,
    )
  }
  const found = kept.find(({ step }) => step === choice)
  if (found) return found
  throw new LossboardError('not_found', `run ${run.name} has no checkpoint at step ${choice}: it has ${list(kept)}`)
}

export async function readCheckpoint(store: Store, run: Run, { hash, step }: KeptCheckpoint): Promise<CheckpointState> {
  const blob = await store.blob(hash)
  if (!blob) throw new LossboardError('store_corrupt', `the bytes of the checkpoint of ${run.name} at step ${step} are missing beside the store`)
  return decodeCheckpoint(blob.bytes)
}

/** Among several equally good the earliest; null when none has the metric as a number. */
export function bestOf(kept: readonly KeptCheckpoint[], metric: EvaluationMetric): KeptCheckpoint | null {
  const sign = goalOf(metric) === 'min' ? -1 : 1
  let best: { one: KeptCheckpoint; score: number } | null = null
  for (const one of kept) {
    const score = sign * asNumber(one.value.metrics[metric])
    if (!Number.isNaN(score) && (best === null || score > best.score)) best = { one, score }
  }
  return best?.one ?? null
}

function asNumber(value: StoredNumber | undefined): number {
  return value === undefined ? Number.NaN : Number(value)
}

function bestMetric(run: Run): EvaluationMetric {
  const { checkpoints } = run.config as { checkpoints?: { metric?: EvaluationMetric } }
  return checkpoints?.metric ?? 'val/accuracy'
}

function list(kept: readonly KeptCheckpoint[]): string {
  return kept.map(({ step }) => step).join(', ')
}
