import { floorOf } from '../../core/ablation/adjust-family.ts'
import type { StudyComparison, StudyResult } from '../../core/ablation/study-result.ts'
import { formatNumber } from '../../core/format-number.ts'
import { TEST_TEXTS } from '../../core/table/caption.ts'

/** p as people write it. */
export function pText(p: number): string {
  return p < 0.0001 ? '< 0.0001' : formatNumber(p, 3)
}

/** What a comparison says, in a sentence that does not say more than it may. */
export function verdictText(
  comparison: StudyComparison,
  { alpha, correction, family }: Pick<StudyResult, 'alpha' | 'correction' | 'family'>,
): string {
  const { verdict, pAdjusted, difference, test } = comparison
  const corrected = correction === 'none' || family.size < 2 ? '' : ` after correction for ${family.size} comparisons`
  const p = pAdjusted.defined ? ` (p ${pAdjusted.value < 0.0001 ? '' : '= '}${pText(pAdjusted.value)}${corrected})` : ''
  if (verdict === 'significant') return `Significantly ${difference.defined ? difference.better : 'different'}${p}.`
  if (verdict === 'not-significant') return `No significant difference${p}. That is no proof of there being none.`
  if (verdict === 'out-of-reach') {
    const floor = floorOf(comparison)
    const why =
      floor !== null && test ? `the smallest p that the ${TEST_TEXTS[test]} can give here is ${pText(floor)}` : `the tests cannot give so small a p`
    return `Out of reach: with this few seeds ${why}${corrected ? `, before${corrected.replace(' after', '')}` : ''}, so that no data could be significant at ${alpha}.`
  }
  return pAdjusted.defined ? 'Not tested.' : `Not tested: ${pAdjusted.reason}`
}

export const VERDICT_WORDS: Record<StudyComparison['verdict'], string> = {
  significant: 'significant',
  'not-significant': 'not significant',
  'out-of-reach': 'out of reach',
  'not-tested': 'not tested',
}
