import type { JsonObject } from '../run.ts'
import type { StoredNumber } from '../stored-number.ts'

/** Values of the kinds other than histograms. */
export interface ImageValue {
  width: number
  height: number
  /** Content type of the blob: PNG, JPEG, GIF or WebP. */
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  caption: string | null
  /** SHA-256 of the bytes, hexadecimal; the name of the blob. */
  hash: string
  bytes: number
}

export interface TextValue {
  text: string
  format: 'plain' | 'markdown'
}

/** A piece of console output: whole lines as they came, ANSI codes kept. */
export interface ConsoleValue {
  stream: 'stdout' | 'stderr'
  text: string
  /** Lines left out before this piece because the cap was reached. */
  skippedLines: number
}

/** Layer table and graph of a model: used by the run page; logged once by `watch` and by the lab. What is optional, older records lack. */
export interface ModelValue {
  layers: ModelLayer[]
  parameters: number
  trainableParameters: number
  /** Shape of one batch of inputs; null is the size of the batch. */
  inputShape?: (number | null)[]
  /** Sum over the layers; null when a layer's are not known. */
  flops?: number | null
}

export interface ModelLayer {
  name: string
  type: string
  outputShape: (number | null)[]
  parameters: number
  trainable: boolean
  /** Names of the layers whose outputs it takes: the edges of the graph. Empty for an input. */
  inputs?: string[]
  /** Floating-point operations of one forward pass of one example; a multiplication and an addition count as two. Null: not known. */
  flops?: number | null
  weights?: { name: string; shape: number[] }[]
}

/** How often each class was taken for each. */
export interface ConfusionMatrixValue {
  /** What was evaluated: `validation`, `test`; null when not said. */
  split: string | null
  classes: string[]
  /** counts[truth][prediction]. */
  counts: number[][]
  /** Per true class, examples without a place in the matrix: nothing was predicted, because a score was NaN. They count as wrong. */
  unplaced: number[]
}

/** Precision and recall at every threshold, one class against the rest. */
export interface PrCurve {
  class: string
  /** Highest threshold first, so recall never decreases. The point (recall 0, precision 1), which belongs to no threshold, is left out. */
  precision: number[]
  recall: number[]
  /** Predicted positive are the scores from here up. */
  threshold: StoredNumber[]
  /** Sum of precision × gain in recall over all points, also those thinned away; null without positives. */
  averagePrecision: number | null
  positives: number
  /** Points of the whole curve; more than `precision.length` when it was thinned. */
  points: number
}

export interface PrCurveValue {
  split: string | null
  curves: PrCurve[]
  examples: number
  /** Examples left out because a score was NaN. */
  nanScores: number
  /** Whether a curve has fewer points here than it had thresholds. */
  thinned: boolean
}

/** A saved state of a training. The bytes are a blob. */
export interface CheckpointValue {
  /** Who can read the bytes, for example `lossboard-lab-1`. */
  format: string
  /** Updates done when it was taken. */
  step: number
  epoch: number | null
  bytes: number
  /** SHA-256 of the bytes, hexadecimal; the name of the blob. */
  hash: string
  reason: CheckpointReason[]
  metrics: Record<string, StoredNumber>
  /** The bytes were deleted by the retention rule; the record stays. */
  pruned: boolean
}

export const CHECKPOINT_REASONS = ['interval', 'best', 'last', 'snapshot'] as const
export type CheckpointReason = (typeof CHECKPOINT_REASONS)[number]

/** Something wrong, or worth knowing, with its evidence. */
export interface FindingValue {
  /** Stable name of the rule, for example `test-transform-differs`. */
  code: string
  severity: FindingSeverity
  /** One line. */
  title: string
  detail: string
  evidence: JsonObject
}

export const FINDING_SEVERITIES = ['critical', 'warning', 'info'] as const
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number]

/** Facts by name: what a data set is, which transform was fitted. NaN and the infinities are text, as in a config. */
export interface FactsValue {
  data: JsonObject
}
