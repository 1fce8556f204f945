import { adjustFamily } from './adjust-family.ts'
import { checklistFacts } from './checklist-facts.ts'
import { type ComparedCell, compareCells } from './compare-cells.ts'
import { comparisonWarnings } from './comparison-warnings.ts'
import { definitionWarnings } from './definition-warnings.ts'
import { factorialEffects } from './factorial-effects.ts'
import { fairnessWarnings } from './fairness-warnings.ts'
import { placeRuns, seedsOf, slotsOf } from './place-runs.ts'
import type { StudyRunFacts } from './run-facts.ts'
import { runWarnings } from './run-warnings.ts'
import type { StudyDefinition, StudyMetric, StudyRun } from './study.ts'
import type { StudyCell, StudyComparison, StudyResult } from './study-result.ts'
import { countedValues, summariseCell } from './summarise-cell.ts'
import type { TableSettings } from './table-settings.ts'
import { variantResults } from './variant-results.ts'

/**
 * A study's numbers from its definition, its runs and the table's settings: pure, and the same for the same input whatever the order of
 * `facts`. Runs of the study that `facts` lacks count as deleted.
 */
export function analyseStudy(
  study: StudyDefinition & { runs: readonly StudyRun[] },
  facts: readonly StudyRunFacts[],
  settings: TableSettings,
): StudyResult {
  const keys = study.variants.map(({ key }) => key)
  const labels = new Map(study.variants.map(({ key, label }) => [key, settings.labels[key] ?? label]))
  const label = (key: string) => labels.get(key) ?? key
  const placement = placeRuns(keys, study.runs, facts)
  const seeds = seedsOf(study.seeds, placement)
  const cells = study.variants.flatMap(({ key }) =>
    study.metrics.map(({ name }) => summariseCell(key, name, placement.byVariant.get(key) ?? [], settings.alpha)),
  )
  const compared = study.metrics.flatMap((metric) => compareMetric(study, metric, cells, facts, settings))
  const shownMetrics = new Set(settings.metrics)
  const isShown = ({ variant, metric }: StudyComparison) =>
    !settings.hiddenRows.includes(variant) && (shownMetrics.size === 0 || shownMetrics.has(metric))
  const { comparisons, size } = adjustFamily(compared, isShown, settings)
  const variants = variantResults(study, placement, label)
  const { factorial, factorialMissing } = factorialOf(study, cells, settings.alpha)
  const context = { study, placement, cells, comparisons, factorial, seeds, settings, label }
  return {
    shape: study.shape,
    baseline: study.baseline,
    alpha: settings.alpha,
    testChoice: settings.test,
    correction: settings.correction,
    family: { size, text: familyText(comparisons.filter((one) => one.p.defined && isShown(one))) },
    metrics: study.metrics,
    variants,
    cells,
    comparisons,
    factorial,
    factorialMissing,
    seeds,
    slots: slotsOf(placement, seeds),
    warnings: [...definitionWarnings(context), ...runWarnings(context), ...fairnessWarnings(context), ...comparisonWarnings(context)],
    checklist: checklistFacts(variants, cells, comparisons, study.metrics, placement, seeds, settings, size),
  }
}

/** The row each variant is compared to: none for the reference itself, and none for a variant that changes nothing. */
export function referenceOf(study: StudyDefinition, variant: string, compareTo: TableSettings['compareTo']): string | null {
  const at = study.variants.findIndex(({ key }) => key === variant)
  const previous = compareTo === 'previous' || (compareTo === 'auto' && study.shape === 'chain')
  if (previous) return study.variants[at - 1]?.key ?? null
  if (variant === study.baseline || study.variants[at]?.changes.length === 0) return null
  return study.variants.some(({ key }) => key === study.baseline) ? study.baseline : null
}

function compareMetric(
  study: StudyDefinition,
  metric: StudyMetric,
  cells: readonly StudyCell[],
  facts: readonly StudyRunFacts[],
  settings: TableSettings,
): StudyComparison[] {
  const hashes = new Map(facts.map(({ id, dataHash }) => [id, dataHash]))
  const compared = (key: string): ComparedCell => {
    const cell = cells.find((one) => one.variant === key && one.metric === metric.name)
    return { variant: key, values: countedValues(cell?.values ?? []).map(({ runId, ...one }) => ({ ...one, dataHash: hashes.get(runId) ?? null })) }
  }
  return study.variants.flatMap(({ key }) => {
    const reference = referenceOf(study, key, settings.compareTo)
    return reference === null ? [] : [compareCells(compared(key), compared(reference), metric, settings)]
  })
}

function factorialOf(study: StudyDefinition, cells: readonly StudyCell[], alpha: number): Pick<StudyResult, 'factorial' | 'factorialMissing'> {
  const factorial: StudyResult['factorial'] = []
  const factorialMissing: StudyResult['factorialMissing'] = []
  if (study.shape !== 'factorial' && study.shape !== 'fractional') return { factorial, factorialMissing }
  for (const { name } of study.metrics) {
    const corners = cells.filter(({ metric }) => metric === name).map(({ variant, values }) => ({ variant, values: countedValues(values) }))
    const result = factorialEffects(study.variants, corners, name, alpha)
    if (result.defined) {
      const { defined: _, ...plain } = result
      factorial.push(plain)
    } else factorialMissing.push({ metric: name, why: result })
  }
  return { factorial, factorialMissing }
}

function familyText(family: readonly StudyComparison[]): string {
  const variants = new Set(family.map(({ variant }) => variant)).size
  const metrics = new Set(family.map(({ metric }) => metric)).size
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
  if (family.length === 0) return 'no tests'
  const of = family.length === variants * metrics ? `${plural(variants, 'variant')} × ${plural(metrics, 'metric')}` : 'shown variants and metrics'
  return `${plural(family.length, 'test')} (${of})`
}
