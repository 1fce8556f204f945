import { pText, verdictText } from '../../app/_study/verdict-text.ts'
import type { StudyMetric } from '../../core/ablation/study.ts'
import type { StudyComparison, StudyResult } from '../../core/ablation/study-result.ts'
import { toDecimals, toSignedDecimals } from '../../core/table/decimal.ts'
import { metricLabel } from '../../core/table/metric-column.ts'
import { unicodeNumber } from '../../core/table/table-document.ts'
import type { StudyAnswer } from '../../server/studies/study-answer.ts'

/** The measured example in Markdown: pictures, what each part was worth by the first metric, and the checklist paragraph. */
export function describeExample({ result }: StudyAnswer, checklist: string, forestNotes: string[]): string {
  const [metric] = result.metrics as [StudyMetric]
  const comparisons = result.comparisons.filter((one) => one.metric === metric.name)
  const warnings = result.warnings.filter(({ footnote }) => footnote)
  return [
    '![The table as pdfLaTeX sets it](ablation-demo/table.png)',
    `![Differences of ${metricLabel(metric).toLowerCase()} with intervals and the dots of the seeds](ablation-demo/differences.svg)`,
    `${forestNotes.join(' ')}`,
    `${metricLabel(metric)}, against the ${label(result, result.baseline)}, in percentage points:`,
    comparisons.map((one) => `- **${label(result, one.variant)}** ${sentence(one, result)}`).join('\n'),
    ...(warnings.length > 0 ? [`What a reader must know besides: ${warnings.map(({ text }) => text).join(' ')}`] : []),
    `The paragraph for a checklist: “${checklist}”`,
  ].join('\n\n')
}

function label({ variants }: StudyResult, key: string): string {
  return variants.find((variant) => variant.key === key)?.label ?? key
}

function sentence(comparison: StudyComparison, result: StudyResult): string {
  const { difference, ci, p, equivalence, seedsNeeded, verdict } = comparison
  if (!difference.defined) return difference.reason
  const interval = ci.defined ? ` [${signed(ci.low)}, ${signed(ci.high)}]` : ''
  const margin = equivalence.defined ? unicodeNumber(toDecimals(equivalence.margin, 0, 2)) : ''
  const equal = !equivalence.defined
    ? ''
    : equivalence.equivalent
      ? ` Equivalent within ± ${margin}.`
      : verdict === 'significant'
        ? ''
        : ` Nor is it shown to be equivalent within ± ${margin}.`
  // Seeds are counted for one test by itself: where that one found something, only the correction stands in the way.
  const alone = p.defined && p.value <= result.alpha ? p.value : null
  const more =
    verdict === 'significant'
      ? ''
      : alone !== null
        ? ` Tested alone it would be significant (p = ${pText(alone)}), which is why its interval excludes 0.`
        : seedsNeeded.defined
          ? ` Were the difference truly this, ${seedsNeeded.n} seeds would give a power of 80 %, without correction.`
          : ''
  return `${signed(difference.value)}${interval}. ${verdictText(comparison, result)}${equal}${more}`
}

function signed(fraction: number): string {
  return unicodeNumber(toSignedDecimals(fraction, 2, 2))
}
