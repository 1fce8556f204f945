/** Every diagnosis: a file in `rules/` and a line here. */

import type { Rule } from './rule.ts'
import type { RuleId } from './rule-names.ts'
import { nonFinite } from './rules/d01-non-finite.ts'
import { diverging } from './rules/d02-diverging.ts'
import { overfitting } from './rules/d19-overfitting.ts'

const BY_ID = {
  D01: nonFinite,
  D02: diverging,
  D19: overfitting,
} as const satisfies Partial<Record<RuleId, Rule>>

export const RULE_BY_ID: Readonly<Partial<Record<RuleId, Rule>>> = BY_ID

/** In the order of the catalogue. */
export const RULES: readonly Rule[] = Object.values(BY_ID)
