import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import type { Trained } from '../measure/trained.ts'
import type { RunLog } from './memory-run.ts'
import type { Vary } from './vary.ts'

/** What was measured, and whether it shows what the recipe is for. */
export interface Measured {
  shown: boolean
  figures: Record<string, number>
}

/** One training: a config of the lab, and what a config cannot say. */
export interface Plan {
  config: LabConfig
  /** Changes the session before the first step: weights, batches, the optimizer, the rate. */
  prepare?(session: LabSession): void | Promise<void>
  /** What of it is logged, and under which names; default: everything. */
  view?(log: RunLog, session: LabSession): RunLog
  /** Whether the weights came from an earlier training. */
  pretrained?: boolean
}

/** A way to make runs of one kind. Never asks a rule whether it worked: `measure` looks at weights, data and outputs itself. */
export interface Recipe {
  /** The diagnosis that its runs must get, or `healthy`. */
  kind: string
  name: string
  plan(vary: Vary): Plan
  measure(trained: Trained): Measured | Promise<Measured>
  /** Other diagnoses that are right for every run of this recipe, beside those that are measured. */
  also?: readonly string[]
}
