import { adjustP } from '../stats/adjust.ts'
import type { StudyComparison } from './study-result.ts'
import type { TableSettings } from './table-settings.ts'

/**
 * Corrects the p values of the comparisons that are shown for being so many, and gives each its verdict. Comparisons of hidden rows or
 * metrics keep their own p and are no part of the family.
 */
export function adjustFamily(
  comparisons: readonly StudyComparison[],
  shown: (comparison: StudyComparison) => boolean,
  { alpha, correction }: Pick<TableSettings, 'alpha' | 'correction'>,
): { comparisons: StudyComparison[]; size: number } {
  const family = comparisons.filter((one) => one.p.defined && shown(one))
  const raw = family.flatMap(({ p }) => (p.defined ? [p.value] : []))
  const adjusted = new Map(adjustP(raw, correction).map((value, i) => [family[i]!, value]))
  // With Holm the smallest p must pass alpha/m: where no test of the family can get there, none can be significant.
  const least = Math.min(...family.map((one) => floorOf(one) ?? 0))
  const sunk = correction === 'holm' && least * family.length > alpha
  const judged = comparisons.map((one): StudyComparison => {
    const value = adjusted.get(one) ?? (one.p.defined ? one.p.value : null)
    if (value === null) return { ...one, pAdjusted: one.p, verdict: 'not-tested' }
    const unreachable = (floorOf(one) ?? 0) > alpha || (sunk && adjusted.has(one))
    return { ...one, pAdjusted: { defined: true, value }, verdict: value <= alpha ? 'significant' : unreachable ? 'out-of-reach' : 'not-significant' }
  })
  return { comparisons: judged, size: family.length }
}

/** Smallest p the chosen test can give; null: no floor. */
export function floorOf(comparison: StudyComparison): number | null {
  const outcome = comparison.tests.find(({ name }) => name === comparison.test)?.outcome
  return outcome?.defined ? outcome.floor : null
}
