import { groupBy } from './group-by.ts'
import type { StudyWarning } from './study-warning.ts'
import { count, listed, type WarningContext, warning } from './warning-context.ts'

/** What is wrong with the study itself: its metrics, baseline, variants and labels. */
export function definitionWarnings(context: WarningContext): StudyWarning[] {
  return [...metricWarnings(context), ...baselineWarnings(context), ...variantWarnings(context)]
}

function metricWarnings({ study, cells, placement }: WarningContext): StudyWarning[] {
  const runs = [...placement.byVariant.values()].flat()
  return study.metrics.flatMap(({ name, goal }) => {
    const values = cells.filter(({ metric }) => metric === name).flatMap((cell) => cell.values)
    const found: StudyWarning[] = []
    const lacking = runs.filter(({ facts }) => {
      const value = facts.values[name]
      return facts.status === 'finished' && (value === undefined || (value.value === null && value.reason !== 'not-finite'))
    })
    const finished = runs.filter(({ facts }) => facts.status === 'finished')
    if (finished.length > 0 && lacking.length === finished.length)
      found.push(warning('metric-missing', 'error', `No finished run has a value of ${name}.`, { metrics: [name] }))
    else if (lacking.length > 0)
      found.push(
        warning(
          'metric-partial',
          'warning',
          `${count(lacking.length, 'finished run')} of ${values.length} ${lacking.length === 1 ? 'has' : 'have'} no value of ${name}.`,
          {
            metrics: [name],
            variants: [...new Set(lacking.map(({ variant }) => variant))],
            runs: lacking.map(({ facts }) => facts.id),
          },
        ),
      )
    const goals = new Set(runs.flatMap(({ facts }) => facts.goals[name] ?? []))
    if (goals.size > 1)
      found.push(
        warning(
          'mixed-goals',
          'warning',
          `Runs disagree on whether ${name} is to be high or low; the study takes ${goal === 'max' ? 'high' : 'low'} as better.`,
          { metrics: [name] },
        ),
      )
    else if (goals.size === 1 && !goals.has(goal))
      found.push(
        warning(
          'mixed-goals',
          'warning',
          `The runs say that ${name} is better ${goal === 'max' ? 'low' : 'high'}, the study that it is better ${goal === 'max' ? 'high' : 'low'}.`,
          { metrics: [name] },
        ),
      )
    return found
  })
}

function baselineWarnings({ study, cells, label }: WarningContext): StudyWarning[] {
  const { baseline } = study
  if (!study.variants.some(({ key }) => key === baseline))
    return [warning('baseline-missing', 'error', 'The baseline is none of the variants, so there are no differences.')]
  if (cells.some(({ variant, summary }) => variant === baseline && summary.defined)) return []
  return [
    warning('baseline-empty', 'error', `The baseline (${label(baseline)}) has no finished run with a value, so there are no differences.`, {
      variants: [baseline],
    }),
  ]
}

function variantWarnings({ study, placement, label }: WarningContext): StudyWarning[] {
  const { variants, baseline, shape } = study
  const found: StudyWarning[] = []
  if (variants.length === 1) found.push(warning('single-variant', 'info', 'All runs have the same config: there is nothing to compare.'))
  const same = variants.filter(({ key, changes }) => key !== baseline && changes.length === 0).map(({ key }) => key)
  if (same.length > 0)
    found.push(
      warning(
        'same-as-baseline',
        'error',
        `${listed(same.map(label))} ${same.length === 1 ? 'has' : 'have'} the config of the baseline and ${same.length === 1 ? 'is' : 'are'} not compared with it.`,
        { variants: same },
      ),
    )
  for (const repeated of repeatedBy(
    variants.map(({ key }) => key),
    label,
  ))
    found.push(warning('duplicate-label', 'warning', `${count(repeated.length, 'row')} are called “${label(repeated[0]!)}”.`, { variants: repeated }))
  for (const repeated of repeatedBy(
    variants.map(({ key }) => key),
    (key) => key,
  ))
    found.push(warning('duplicate-key', 'error', `Two variants have the key ${repeated[0]}.`, { variants: repeated.slice(0, 1) }))
  const empty = variants.filter(({ key }) => key !== baseline && placement.byVariant.get(key)?.length === 0).map(({ key }) => key)
  if (empty.length > 0)
    found.push(
      warning('variant-empty', 'warning', `${listed(empty.map(label))} ${empty.length === 1 ? 'has' : 'have'} no runs.`, { variants: empty }),
    )
  if (shape === 'star' || shape === 'add-one-in')
    for (const { key, changes } of variants)
      if (changes.length >= 2) {
        const paths = changes.map(({ path }) => path)
        found.push(
          warning('changes-together', 'warning', `${label(key)} changes ${listed(paths)} together: its difference is of all of them.`, {
            variants: [key],
          }),
        )
      }
  return found
}

function repeatedBy(keys: readonly string[], name: (key: string) => string): string[][] {
  return [...groupBy(keys, name).values()].filter((group) => group.length > 1)
}
