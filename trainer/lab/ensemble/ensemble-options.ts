import type { Tf } from '../../tfjs/tf.ts'
import type { CheckpointChoice } from '../training/find-checkpoint.ts'
import type { LabRunReference } from '../training/train-options.ts'

/** A run, and which of its checkpoints; by default the best, else the last. */
export interface EnsembleMember {
  /** Id, name or #number. */
  run: string
  checkpoint?: CheckpointChoice
}

export interface EnsembleOptions {
  /** Checkpoints of several runs, or of one. */
  members?: readonly EnsembleMember[]
  /** Instead of members: all snapshots of this run. */
  snapshots?: string
  /** What is averaged: the probabilities of the members, or their logits. Default: probabilities. */
  average?: 'probabilities' | 'logits'
  /** Name of the ensemble's run; default: a made one. */
  name?: string
  /** Project of the ensemble's run; default: that of the first member. */
  project?: string
  /** The store. Default: LOSSBOARD_DIR, else `./lossboard.db`. */
  dir?: string
  tf?: Tf
  signal?: AbortSignal
}

export interface MemberResult {
  run: string
  step: number
  metrics: Record<string, number>
}

export interface EnsembleResult {
  run: LabRunReference
  /** `test/…` of the ensemble, and `val/…` when all members held out the same examples. */
  metrics: Record<string, number>
  members: MemberResult[]
}
