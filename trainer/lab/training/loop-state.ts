import type { JsonObject } from '../../../core/run.ts'
import type { ResolvedLabConfig } from '../config/lab-config.ts'
import { exportWeights, importWeights, type NamedWeights, weightShapes } from '../models/named-weights.ts'
import type { CheckpointState } from './checkpoint-codec.ts'
import { type BestSoFar, NOTHING_YET } from './early-stopping.ts'
import type { LabSession } from './lab-session.ts'

/** What changes while a run trains, apart from the weights and the optimizer. */
export interface LoopState {
  stepsDone: number
  stopping: BestSoFar | null
  best: BestSoFar
  /** Weights of the best evaluation by the metric of early stopping, when the run is to return to them. */
  bestWeights: NamedWeights | null
  nonFiniteInRow: number
  /** Seconds spent by earlier attempts. */
  secondsBefore: number
  /** Figures of the beginning that the summary repeats. */
  start: JsonObject
}

export function newState(config: ResolvedLabConfig): LoopState {
  return {
    stepsDone: 0,
    stopping: config.earlyStopping ? NOTHING_YET : null,
    best: NOTHING_YET,
    bestWeights: null,
    nonFiniteInRow: 0,
    secondsBefore: 0,
    start: {},
  }
}

/** Everything needed to go on from here, as a checkpoint holds it. */
export async function captureState(session: LabSession, state: LoopState, configHash: string, seconds: number): Promise<CheckpointState> {
  const { network, optimizer, seeds, dataset, preprocessing } = session
  const { secondsBefore: _, ...rest } = state
  // Both are copied at the call: no step comes between.
  const [weights, optimizerState] = await Promise.all([exportWeights(network.model), optimizer.exportState()])
  return {
    ...rest,
    bestWeights: state.stopping?.step === state.stepsDone - 1 ? null : state.bestWeights,
    seconds,
    seeds,
    configHash,
    classes: dataset.classes,
    inputShape: [...preprocessing.shape],
    weights,
    shapes: Object.fromEntries(weightShapes(network.model)),
    optimizer: optimizerState,
  }
}

/** Puts a checkpoint back: weights, batch norm statistics, optimizer, and the state of the loop. */
export function restoreState(session: LabSession, checkpoint: CheckpointState): LoopState {
  importWeights(session.tf, session.network.model, checkpoint.weights)
  session.optimizer.importState(checkpoint.optimizer, session.variables)
  const { stepsDone, stopping, best, nonFiniteInRow, start, seconds } = checkpoint
  // The best weights are left out of a checkpoint that was taken at the best step: they are its own.
  const own = session.config.earlyStopping?.restoreBest && stopping?.step === stepsDone - 1
  return { stepsDone, stopping, best, nonFiniteInRow, start, secondsBefore: seconds, bestWeights: own ? checkpoint.weights : checkpoint.bestWeights }
}
