import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import type { RunLog } from '../generator/memory-run.ts'
import type { Plan } from '../generator/recipe.ts'
import type { Inside } from './inside.ts'
import type { Look } from './look.ts'

/** A run that has been trained, to be measured before it is let go. */
export interface Trained {
  session: LabSession
  plan: Plan
  /** Before the first update, at ten places of the run, and at its end. */
  looks: Look[]
  first: Look
  last: Look
  /** Before the first update, in the middle of the run, and at its end. */
  insides: Inside[]
  /** Kernels as they were before the first update, by their stable names. */
  initialKernels: ReadonlyMap<string, Float32Array>
  /** Everything that was logged, whatever the view leaves of it. Only what a recipe itself has put in may be read from it. */
  log: RunLog
  /** Trains another plan on its own and looks at its end: what would have been with one thing changed. */
  twin(plan: Plan): Promise<Look>
}
