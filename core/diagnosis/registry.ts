/** Every diagnosis: a file in `rules/` and a line here. */
import type { Rule } from './rule.ts'
import type { RuleId } from './rule-names.ts'
import { nonFinite } from './rules/d01-non-finite.ts'
import { diverging } from './rules/d02-diverging.ts'
import { initialLoss } from './rules/d03-initial-loss.ts'
import { inputsNotNormalised } from './rules/d04-inputs-not-normalised.ts'
import { noUpdate } from './rules/d05-no-update.ts'
import { learningRateTooHigh } from './rules/d06-learning-rate-too-high.ts'
import { learningRateTooLow } from './rules/d07-learning-rate-too-low.ts'
import { deadUnits } from './rules/d08-dead-units.ts'
import { saturatedUnits } from './rules/d09-saturated-units.ts'
import { vanishingGradient } from './rules/d10-vanishing-gradient.ts'
import { explodingGradient } from './rules/d11-exploding-gradient.ts'
import { flatStart } from './rules/d12-flat-start.ts'
import { symmetricWeights } from './rules/d13-symmetric-weights.ts'
import { stuckAtChance } from './rules/d14-stuck-at-chance.ts'
import { lossSpikes } from './rules/d15-loss-spikes.ts'
import { plateau } from './rules/d16-plateau.ts'
import { decayedTooEarly } from './rules/d17-decayed-too-early.ts'
import { stillImproving } from './rules/d18-still-improving.ts'
import { overfitting } from './rules/d19-overfitting.ts'
import { underfitting } from './rules/d20-underfitting.ts'
import { trainInferenceMismatch } from './rules/d21-train-inference-mismatch.ts'
import { labelsOrSplit } from './rules/d22-labels-or-split.ts'
import { classImbalance } from './rules/d23-class-imbalance.ts'
import { penaltyDominates } from './rules/d24-penalty-dominates.ts'
import { clippedTooOften } from './rules/d25-clipped-too-often.ts'
import { stalled } from './rules/d26-stalled.ts'
import { noisyLateTraining } from './rules/d27-noisy-late-training.ts'
import { smallSample } from './rules/d28-small-sample.ts'

const BY_ID = {
  D01: nonFinite,
  D02: diverging,
  D03: initialLoss,
  D04: inputsNotNormalised,
  D05: noUpdate,
  D06: learningRateTooHigh,
  D07: learningRateTooLow,
  D08: deadUnits,
  D09: saturatedUnits,
  D10: vanishingGradient,
  D11: explodingGradient,
  D12: flatStart,
  D13: symmetricWeights,
  D14: stuckAtChance,
  D15: lossSpikes,
  D16: plateau,
  D17: decayedTooEarly,
  D18: stillImproving,
  D19: overfitting,
  D20: underfitting,
  D21: trainInferenceMismatch,
  D22: labelsOrSplit,
  D23: classImbalance,
  D24: penaltyDominates,
  D25: clippedTooOften,
  D26: stalled,
  D27: noisyLateTraining,
  D28: smallSample,
} as const satisfies Record<RuleId, Rule>

export const RULE_BY_ID: Readonly<Record<RuleId, Rule>> = BY_ID

/** In the order of the catalogue. */
export const RULES: readonly Rule[] = Object.values(BY_ID)
