import type { Run } from '../../run.ts'
import type { Tf } from '../../tfjs/tf.ts'

/** How a run came to its end. */
export type StopReason = 'epochs' | 'max-steps' | 'early-stopping' | 'non-finite-loss'

export interface TrainLabOptions {
  /** The store: a file ending in `.db`, or a folder. Default: LOSSBOARD_DIR, else `./lossboard.db`. */
  dir?: string
  /** The TensorFlow.js to train with. Default: `loadTf()`, the fastest engine there is. */
  tf?: Tf
  /** What the summary calls the machine that computes. Default: what `loadTf()` says, or the version and backend of `tf`. */
  device?: string
  /** Stops after the step under way, as Ctrl-C does: the run ends as interrupted, with a checkpoint to go on from. */
  signal?: AbortSignal
  /** Say in the console what goes wrong, as `diagnose` of `init` does; with `run` given, that run's option counts. Default true. */
  diagnose?: boolean
  /** Stops at the first finding so grave, as `stopOn` of `init` does; with `run` given, that run's option counts. */
  stopOn?: 'critical' | 'warning'
  /** Go on with this run (id, name or #number) from its newest checkpoint. The config given must be the run's, or null. */
  resume?: string
  /** Called after every step, evaluation and checkpoint; must be quick. */
  onProgress?: (progress: LabProgress) => void
  /** Log to this run, which stays open, instead of making and ending one. Its config is updated. */
  run?: Run
}

export interface LabRunReference {
  id: string
  name: string
  number: number | null
  store: string | null
}

export type LabProgress =
  | { type: 'start'; run: LabRunReference; firstStep: number; totalSteps: number; stepsPerEpoch: number; parameters: number; device: string }
  | { type: 'step'; step: number; totalSteps: number; epoch: number; loss: number; accuracy: number; lr: number }
  | { type: 'evaluation'; step: number; epoch: number; metrics: Record<string, number> }
  | { type: 'checkpoint'; step: number; bytes: number; reasons: string[] }
  | { type: 'finding'; code: string; title: string }

/** What came of a run that reached its end. A run that is stopped rejects instead. */
export interface LabResult {
  run: LabRunReference
  /** Updates done, over all attempts. */
  stepsDone: number
  epochsDone: number
  stopReason: StopReason
  /** The same in a sentence. */
  stopDetail: string
  /** By the metric of early stopping if that is on, else by that of the checkpoints; null when nothing was evaluated. */
  best: { metric: string; value: number; step: number } | null
  /** Which weights `metrics` and the test are of. */
  testWeights: 'last' | 'best'
  /** Last value of each metric of the validation and test split. */
  metrics: Record<string, number>
  /** Wall time spent in training, evaluation and logging, over all attempts. */
  trainingSeconds: number
}
