import type { Placement } from './place-runs.ts'
import type { StudyMetric } from './study.ts'
import type { ChecklistFacts, StudyCell, StudyComparison, TestName, VariantResult } from './study-result.ts'
import type { TableSettings } from './table-settings.ts'
import { countRuns } from './variant-results.ts'

/** Figures for the checklists of conferences: over all runs of the study, hidden rows and failed runs among them. */
export function checklistFacts(
  variants: readonly VariantResult[],
  cells: readonly StudyCell[],
  comparisons: readonly StudyComparison[],
  metrics: readonly StudyMetric[],
  placement: Placement,
  seeds: readonly number[],
  settings: TableSettings,
  familySize: number,
): ChecklistFacts {
  const runs = [...placement.byVariant.values()].flat()
  const tested = comparisons.filter(({ p }) => p.defined)
  const paired = tested.filter(({ pairing }) => pairing.paired).length
  const diverged = new Set(cells.flatMap(({ values }) => values.filter(({ state }) => state === 'diverged').map(({ runId }) => runId)))
  const numbers = variants.map(({ n }) => n)
  const tests = new Set(tested.flatMap(({ test }): TestName[] => (test === null ? [] : [test])))
  return {
    variants: variants.length,
    n: { least: numbers.length === 0 ? 0 : Math.min(...numbers), most: Math.max(0, ...numbers) },
    seeds: [...seeds],
    spread: settings.spread,
    alpha: settings.alpha,
    tests: [...tests].sort(),
    paired: paired === 0 ? 'none' : paired === tested.length ? 'all' : 'some',
    correction: settings.correction,
    familySize,
    selection: metrics.map(({ name, aggregate, goal }) => ({ metric: name, aggregate, goal })),
    runs: { ...countRuns(runs), diverged: diverged.size, deleted: placement.deleted.length },
    totalSeconds: runs.reduce((sum, { facts }) => sum + (facts.seconds ?? 0), 0),
    runsWithoutTime: runs.filter(({ facts }) => facts.seconds === null).length,
  }
}
