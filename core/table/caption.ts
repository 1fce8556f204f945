import type { Aggregate, Study } from '../ablation/study.ts'
import type { StudyResult, TestName } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'
import { metricLabel } from './metric-column.ts'

/** Everything a reader needs to read the table: what ± is, n, the test and its correction, marks, the selection rule. */
export function generatedCaption({ name }: Pick<Study, 'name'>, result: StudyResult, settings: TableSettings): string {
  const baseline = result.variants.find(({ key }) => key === result.baseline)
  return [
    `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/\.$/, '')}.`,
    `${SPREADS[settings.spread](result.alpha)} over ${seedsText(result)}.`,
    ...selectionSentences(result),
    ...comparisonSentences(result, settings, baseline?.label ?? 'the baseline'),
    ...markSentences(settings),
  ].join(' ')
}

const percent = (alpha: number) => `${Number((100 * (1 - alpha)).toPrecision(6))}%`

const SPREADS: Record<TableSettings['spread'], (alpha: number) => string> = {
  sd: () => 'Mean ± sample standard deviation',
  se: () => 'Mean ± standard error of the mean',
  ci: (alpha) => `Mean ± half-width of the ${percent(alpha)} confidence interval (Student t)`,
  bootstrap: (alpha) => `Mean [${percent(alpha)} percentile bootstrap interval]`,
  'min-max': () => 'Mean [smallest, largest]',
  none: () => 'Mean',
}

/** Keeps `n = 5` in one line. */
const NBSP = '\u00a0'

function seedsText({ checklist: { n } }: StudyResult): string {
  if (n.least === n.most) return n.most === 1 ? 'one seed: no spread can be given' : `n${NBSP}=${NBSP}${n.most} seeds`
  return `n${NBSP}=${NBSP}${n.least} to ${n.most} seeds`
}

export function aggregateText(aggregate: Aggregate): string {
  switch (aggregate.kind) {
    case 'last':
      return 'at the end of training'
    case 'best':
      return 'best value reached during training'
    case 'at-best':
      return `at the step of the ${aggregate.goal === 'max' ? 'highest' : 'lowest'} ${metricLabel({ label: null, name: aggregate.metric }).toLowerCase()}`
    case 'mean-last':
      return `mean of the last ${aggregate.count} logged values`
  }
}

function selectionSentences({ metrics }: StudyResult): string[] {
  const texts = new Map<string, string[]>()
  for (const metric of metrics) {
    const text = aggregateText(metric.aggregate)
    texts.set(text, [...(texts.get(text) ?? []), metricLabel(metric)])
  }
  if (texts.size === 1) return [`Values ${[...texts.keys()][0]}.`]
  return [...texts].map(([text, labels]) => `${labels.join(', ')}: ${text}.`)
}

export const TEST_TEXTS: Record<TestName, string> = {
  'paired-t': 'paired t-test',
  welch: "Welch's t-test",
  wilcoxon: 'exact Wilcoxon signed-rank test',
  'sign-flip': 'sign-flip permutation test',
  'mann-whitney': 'Mann–Whitney U test',
  'label-permutation': 'permutation test',
}

const CORRECTIONS: Record<TableSettings['correction'], string> = { holm: 'Holm-corrected', bh: 'Benjamini–Hochberg-corrected', none: 'not corrected' }

function comparisonSentences(result: StudyResult, settings: TableSettings, baseline: string): string[] {
  const { columns } = settings
  const out: string[] = []
  const toPrevious = result.comparisons.some(({ reference }) => reference !== result.baseline)
  const reference = toPrevious ? 'the row before' : `“${baseline}”`
  const points = result.metrics.some(({ unit }) => unit === '%') ? ', in percentage points for percentages' : ''
  if (columns.includes('difference')) out.push(`Δ: difference from ${reference}${points}, from unrounded means.`)
  if (columns.includes('relative')) out.push(`Δ (%): the same relative to ${reference}.`)
  if (columns.includes('effect')) out.push("g: Hedges' g.")
  const used = result.checklist.tests.map((test) => TEST_TEXTS[test])
  const shows = columns.includes('p') || settings.significanceMarks !== 'none'
  if (shows && used.length > 0)
    out.push(
      `p: two-sided ${used.join(' or ')}, ${CORRECTIONS[result.correction]}${result.correction === 'none' ? '' : ` over ${result.family.size} ${result.family.size === 1 ? 'comparison' : 'comparisons'}`}.`,
    )
  return out
}

function markSentences({ boldBest, underlineSecond, significanceMarks, alpha, shadeBaseline }: TableSettings): string[] {
  const best = [boldBest ? 'bold: best' : '', underlineSecond ? 'underlined: second best' : ''].filter(Boolean).join('; ')
  const figure = (value: number) => String(Number(value.toPrecision(3)))
  return [
    ...(best ? [`${best.charAt(0).toUpperCase()}${best.slice(1)}, by the printed value.`] : []),
    ...(significanceMarks === 'dagger' ? [`† p ≤ ${figure(alpha)}.`] : []),
    ...(significanceMarks === 'stars' ? [`* p ≤ ${figure(alpha)}, ** p ≤ ${figure(alpha / 5)}, *** p ≤ ${figure(alpha / 50)}.`] : []),
    ...(shadeBaseline ? ['The reference row is shaded.'] : []),
  ]
}
