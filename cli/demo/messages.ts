import type { ErrorCode } from '../../core/errors.ts'

/** What the training process (`train.ts`) is told on its command line: `node train.ts STORE`. Ends with exit code 0 when every run ended as meant. */

/** One run of the demo, known before training starts. */
export interface DemoRun {
  /** What distinguishes it, for people: `conv net, Adam 1e-3`. */
  title: string
  seed: number
  /** Batches it will train. */
  steps: number
  /** True for the run that is meant to go wrong. */
  meantToFail: boolean
}

/** What it tells the command line, over the channel of `fork`. Nothing else is printed by it but what training prints. */
export type DemoMessage =
  /** Once, when data and TensorFlow.js are loaded. */
  | { type: 'start'; device: string; warnings: string[]; runs: DemoRun[] }
  /** At most ten times a second: batches done in run `run` (index into `runs`). */
  | {
      type: 'progress'
      run: number
      step: number
      /** Of the batch just trained. */
      loss: number
      /** Of the last validation; null before the first. */
      valAccuracy: number | null
      /** Estimate for the whole demo. */
      secondsLeft: number
    }
  /** A run has ended; `testAccuracy` is NaN for a run whose loss is no number (the channel keeps NaN: serialization is `advanced`). */
  | { type: 'end'; run: number; name: string; number: number; status: string; testAccuracy: number; seconds: number }
  /** Training cannot go on: `missing_dependency` with the npm command, say. */
  | { type: 'error'; code: ErrorCode | null; message: string }
