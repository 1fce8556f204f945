import type { Optimizer } from '@tensorflow/tfjs'
import type { LoggingRun } from './logging-run.ts'

/**
 * Steps per run, shared by `watch` and `fitCallbacks` so that both number a batch alike, also over several calls of `model.fit`
 * and when one of them joins later.
 */
export interface RunSteps {
  /** First step not used yet. */
  next: number
  /** Number of steps the run will have had when the current `fit` ends; null when unknown. */
  total: number | null
  /** The optimizer `watch` looks at, for `lr`. */
  optimizer: Optimizer | null
  /** Whether the table of layers has been logged. */
  modelLogged: boolean
  /** Whether the facts about the training have been logged. */
  trainingLogged: boolean
}

const stepsOf = new WeakMap<LoggingRun, RunSteps>()

export function runSteps(run: LoggingRun): RunSteps {
  let steps = stepsOf.get(run)
  if (!steps) {
    steps = { next: run.firstStep ?? 0, total: null, optimizer: null, modelLogged: false, trainingLogged: false }
    stepsOf.set(run, steps)
  }
  return steps
}
