import type { CheckpointReason } from '../../../core/kinds/values.ts'
import type { Run } from '../../run.ts'
import { goalOf } from '../config/evaluation-metrics.ts'
import { exportWeights } from '../models/named-weights.ts'
import type { CheckpointKeeper } from './checkpoint-keeper.ts'
import { afterEvaluation } from './early-stopping.ts'
import type { LabSession } from './lab-session.ts'
import { captureState, type LoopState } from './loop-state.ts'
import type { Probes } from './start-probes.ts'
import type { StepLog } from './step-log.ts'
import type { LabProgress, StopReason } from './train-options.ts'
import { trainStep } from './training-step.ts'

export interface LoopParts {
  session: LabSession
  state: LoopState
  run: Run
  keeper: CheckpointKeeper
  stepLog: StepLog
  configHash: string
  signal: AbortSignal
  /** Evaluates the validation split and the training subset and logs it; the metrics by name. */
  evaluate(step: number): Promise<Record<string, number>>
  /** Hears the loss of the very first batch, before any update. */
  firstLoss(loss: number): void
  probes: Probes
  /** Seconds of training so far. */
  seconds(): number
  onProgress(progress: LabProgress): void
}

/** The event loop gets a turn this often (ms), for Ctrl-C, timers and messages. */
const TURN_EVERY = 25

export interface LoopEnd {
  reason: StopReason
  detail: string
}

/** Trains to the end. Null: stopped by the signal, after a checkpoint was kept. */
export async function trainToEnd(parts: LoopParts): Promise<LoopEnd | null> {
  const { session, state, signal, stepLog, onProgress } = parts
  const { config, plan } = session
  let turned = performance.now()
  for (let step = state.stepsDone; step < plan.totalSteps; step++) {
    const result = await trainStep(session, step, plan.comparesModes(step))
    state.stepsDone = step + 1
    state.nonFiniteInRow = Number.isFinite(result.loss) ? 0 : state.nonFiniteInRow + 1
    if (step === 0) parts.firstLoss(result.loss)
    stepLog.log(step, result)
    await parts.probes.afterStep(step)
    const { loss, accuracy } = result
    onProgress({ type: 'step', step, totalSteps: plan.totalSteps, epoch: plan.epoch(step), loss, accuracy, lr: session.optimizer.learningRate })
    let end = endAt(parts, step)
    const evaluates = plan.reaches(step, config.train.evaluateEvery) || end !== null
    const metrics = evaluates ? await parts.evaluate(step) : {}
    if (evaluates) {
      await parts.probes.afterEvaluation(step)
      onProgress({ type: 'evaluation', step, epoch: plan.epoch(step), metrics })
      end = (await judge(parts, step, metrics)) ?? end
    }
    await keepCheckpoint(parts, step, metrics, end !== null || signal.aborted)
    if (end) return end
    if (signal.aborted) return null
    if (performance.now() - turned > TURN_EVERY) {
      await new Promise((resolve) => setImmediate(resolve))
      turned = performance.now()
    }
  }
  return { reason: 'epochs', detail: `all ${plan.totalSteps} steps were done before` }
}

/** Whether this step is the last, for a reason other than an evaluation. */
function endAt({ session: { config, plan }, state }: LoopParts, step: number): LoopEnd | null {
  const { stopAfterNonFinite, maxSteps, epochs } = config.train
  if (stopAfterNonFinite !== null && state.nonFiniteInRow >= stopAfterNonFinite)
    return {
      reason: 'non-finite-loss',
      detail: `train/loss was no finite number for ${state.nonFiniteInRow} steps in a row, first at step ${step + 1 - state.nonFiniteInRow}`,
    }
  if (step + 1 < plan.totalSteps) return null
  if (plan.totalSteps === maxSteps) return { reason: 'max-steps', detail: `train.maxSteps (${maxSteps}) steps were done` }
  return { reason: 'epochs', detail: `train.epochs (${epochs}) were done` }
}

/** Updates what was best, and says when early stopping ends the run. */
async function judge({ session, state }: LoopParts, step: number, metrics: Record<string, number>): Promise<LoopEnd | null> {
  const { earlyStopping, checkpoints } = session.config
  const value = metrics[checkpoints.metric]
  if (value !== undefined) state.best = afterEvaluation(state.best, { value, step }, { goal: goalOf(checkpoints.metric), minDelta: 0 }).best
  if (!earlyStopping || !state.stopping) return null
  const { metric, patience, minDelta, restoreBest } = earlyStopping
  const { best, improved } = afterEvaluation(state.stopping, { value: metrics[metric] ?? Number.NaN, step }, { goal: goalOf(metric), minDelta })
  state.stopping = best
  if (improved && restoreBest) state.bestWeights = await exportWeights(session.network.model)
  if (best.waited < patience) return null
  const since = best.step === null ? 'was never a finite number' : `has not improved by more than ${minDelta} since step ${best.step}`
  return { reason: 'early-stopping', detail: `${metric} ${since} (${best.waited} evaluations, patience ${patience})` }
}

async function keepCheckpoint(parts: LoopParts, step: number, metrics: Record<string, number>, isLast: boolean): Promise<void> {
  const { session, state, keeper, onProgress } = parts
  const { checkpoints, snapshots } = session.config
  const { plan } = session
  const reasons: CheckpointReason[] = []
  if (plan.reaches(step, checkpoints.every)) reasons.push('interval')
  if (checkpoints.keepBest > 0 && state.best.step === step) reasons.push('best')
  if (snapshots && plan.reaches(step, snapshots.every)) reasons.push('snapshot')
  if (isLast) reasons.push('last')
  if (reasons.length === 0) return
  const bytes = await keeper.keep(await captureState(session, state, parts.configHash, parts.seconds()), reasons, plan.epoch(step), metrics)
  onProgress({ type: 'checkpoint', step, bytes, reasons })
}
