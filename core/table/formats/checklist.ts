import type { ChecklistFacts, StudyResult } from '../../ablation/study-result.ts'
import { formatDuration } from '../../format-duration.ts'
import { aggregateText, TEST_TEXTS } from '../caption.ts'
import { metricLabel } from '../metric-column.ts'
import type { TableFormat } from './table-format.ts'

/** The paragraph that reproducibility checklists ask for. */
export const checklistFormat: TableFormat = {
  id: 'checklist',
  title: 'Paragraph for the reproducibility checklist',
  extension: 'txt',
  contentType: 'text/plain; charset=utf-8',
  write: ({ result }) => `${checklistParagraph(result)}\n`,
}

export function checklistParagraph({ checklist, metrics }: StudyResult): string {
  const { variants, n, seeds, runs, selection, totalSeconds, runsWithoutTime } = checklist
  const perVariant = n.least === n.most ? `${n.most}` : `${n.least} to ${n.most}`
  const listed = seeds.length > 0 ? ` (${seeds.length > 12 ? `${seeds.length} different seeds` : `seeds ${seeds.join(', ')}`})` : ''
  const selected = new Map<string, string[]>()
  for (const { metric, aggregate, goal } of selection) {
    const label = metrics.find(({ name }) => name === metric)
    const how = aggregateText(aggregate)
    selected.set(how, [...(selected.get(how) ?? []), `${label ? metricLabel(label) : metric} (${goal === 'max' ? 'higher' : 'lower'} is better)`])
  }
  return [
    `We compare ${variants} variants with ${perVariant} ${n.most === 1 ? 'run' : 'independent runs'} per variant${listed}; runs of one variant differ in their random seed only.`,
    `Values reported: ${[...selected].map(([how, labels]) => `${labels.join(', ')}: ${how}`).join('; ')}.`,
    spreadSentence(checklist),
    testSentence(checklist),
    `In total ${runs.total} runs were started: ${runs.finished} finished, ${runs.failed} failed, ${runs.diverged} diverged, ${runs.unfinished} unfinished${runs.duplicates > 0 ? `, ${runs.duplicates} repeated a seed and were not counted` : ''}${runs.deleted > 0 ? `, ${runs.deleted} were deleted later` : ''}.`,
    `They took ${formatDuration(totalSeconds * 1000)} of wall-clock time together${runsWithoutTime > 0 ? ` (${runsWithoutTime} without a recorded time)` : ''}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const SPREADS: Record<ChecklistFacts['spread'], string> = {
  sd: 'Error bars are one sample standard deviation (n − 1) over seeds.',
  se: 'Error bars are one standard error of the mean over seeds.',
  ci: 'Error bars are confidence intervals of the mean over seeds from the Student t distribution, which assumes that means are about normal; level',
  bootstrap: 'Intervals are percentile bootstrap intervals of the mean over seeds; level',
  'min-max': 'Brackets are the smallest and the largest value over seeds.',
  none: 'No spread over seeds is shown in the table.',
}

function spreadSentence({ spread, alpha, n }: ChecklistFacts): string {
  if (n.most <= 1) return 'With one seed per variant no error bars can be given.'
  return spread === 'ci' || spread === 'bootstrap' ? `${SPREADS[spread]} ${Number((100 * (1 - alpha)).toPrecision(6))}%.` : SPREADS[spread]
}

function testSentence({ tests, correction, familySize, alpha, paired }: ChecklistFacts): string {
  if (tests.length === 0) return 'No significance test was done.'
  const pairing = { all: 'paired by seed', some: 'paired by seed where seeds are shared', none: 'not paired' }[paired]
  const adjusted =
    correction === 'none'
      ? 'without correction for multiple comparisons'
      : `with ${correction === 'holm' ? 'Holm' : 'Benjamini–Hochberg'} correction over ${familySize} comparisons`
  return `Differences are tested two-sided with the ${tests.map((test) => TEST_TEXTS[test]).join(' or the ')} (${pairing}), ${adjusted}, α = ${alpha}.`
}
