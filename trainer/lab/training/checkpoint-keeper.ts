import type { CheckpointReason } from '../../../core/kinds/values.ts'
import { checkpoint } from '../../checkpoint.ts'
import type { Run } from '../../run.ts'
import { type EvaluationMetric, goalOf } from '../config/evaluation-metrics.ts'
import { CHECKPOINT_FORMAT, type CheckpointState, encodeCheckpoint } from './checkpoint-codec.ts'
import { CHECKPOINT_NAME, type KeptCheckpoint } from './find-checkpoint.ts'

export interface Retention {
  keepLast: number
  keepBest: number
  metric: EvaluationMetric
}

interface Kept {
  step: number
  snapshot: boolean
  /** Of the metric of retention; NaN when that was not measured at this checkpoint. */
  score: number
}

/** Steps whose bytes the rule gives up: neither among the newest, nor among the best, nor snapshots. */
export function surplus(kept: readonly Kept[], { keepLast, keepBest, metric }: Retention): number[] {
  const sign = goalOf(metric) === 'min' ? 1 : -1
  const newest = [...kept].sort((a, b) => b.step - a.step).slice(0, keepLast)
  const best = kept
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => sign * (a.score - b.score) || a.step - b.step)
    .slice(0, keepBest)
  const stay = new Set([...newest, ...best, ...kept.filter(({ snapshot }) => snapshot)].map(({ step }) => step))
  return kept.map(({ step }) => step).filter((step) => !stay.has(step))
}

/** Logs checkpoints and gives up the bytes of those that the rule of retention no longer wants. */
export class CheckpointKeeper {
  #kept: Kept[]

  constructor(
    private readonly run: Run,
    private readonly retention: Retention,
    earlier: readonly KeptCheckpoint[],
  ) {
    this.#kept = earlier.map(({ step, value }) => ({
      step,
      snapshot: value.reason.includes('snapshot'),
      score: Number(value.metrics[retention.metric] ?? Number.NaN),
    }))
  }

  /** Step of the newest one; −1 before the first. */
  get newest(): number {
    return this.#kept.reduce((newest, { step }) => Math.max(newest, step), -1)
  }

  /**
   * @param metrics those of the evaluation at this very step; empty when there was none
   * @returns size in bytes
   */
  async keep(state: CheckpointState, reason: CheckpointReason[], epoch: number, metrics: Record<string, number>): Promise<number> {
    const bytes = encodeCheckpoint(state)
    const step = state.stepsDone - 1
    // A checkpoint in the store must not be ahead of the points: who goes on from it would leave a gap.
    await this.run.flush()
    this.run.log({ [CHECKPOINT_NAME]: checkpoint(bytes, { step: state.stepsDone, format: CHECKPOINT_FORMAT, epoch, reason, metrics }) }, step)
    this.#kept = this.#kept.filter((one) => one.step !== step)
    this.#kept.push({ step, snapshot: reason.includes('snapshot'), score: metrics[this.retention.metric] ?? Number.NaN })
    const steps = surplus(this.#kept, this.retention)
    this.run.pruneRecords(CHECKPOINT_NAME, steps)
    this.#kept = this.#kept.filter((one) => !steps.includes(one.step))
    await this.run.flush()
    return bytes.byteLength
  }
}
