/** Every diagnosis: its number in the catalogue and its code, which is part of records and of addresses and never changes. */
export const RULE_NAMES = {
  D01: 'non-finite',
  D02: 'diverging',
  D03: 'initial-loss',
  D04: 'inputs-not-normalised',
  D05: 'no-update',
  D06: 'learning-rate-too-high',
  D07: 'learning-rate-too-low',
  D08: 'dead-units',
  D09: 'saturated-units',
  D10: 'vanishing-gradient',
  D11: 'exploding-gradient',
  D12: 'flat-start',
  D13: 'symmetric-weights',
  D14: 'stuck-at-chance',
  D15: 'loss-spikes',
  D16: 'plateau',
  D17: 'decayed-too-early',
  D18: 'still-improving',
  D19: 'overfitting',
  D20: 'underfitting',
  D21: 'train-inference-mismatch',
  D22: 'labels-or-split',
  D23: 'class-imbalance',
  D24: 'penalty-dominates',
  D25: 'clipped-too-often',
  D26: 'stalled',
  D27: 'noisy-late-training',
  D28: 'small-sample-not-learned',
} as const

export type RuleId = keyof typeof RULE_NAMES
export type RuleCode = (typeof RULE_NAMES)[RuleId]
