import { type Computed, notDefined } from '../stats/computed.ts'
import { mean } from '../stats/descriptive.ts'
import type { PlacedRun, Placement } from './place-runs.ts'
import type { StudyDefinition } from './study.ts'
import type { VariantResult } from './study-result.ts'

/** Rows of the table without their metrics: runs, seeds, parameters, FLOPs, time. */
export function variantResults(definition: StudyDefinition, placement: Placement, label: (key: string) => string): VariantResult[] {
  return definition.variants.map(({ key, changes }): VariantResult => {
    const runs = placement.byVariant.get(key) ?? []
    const counted = runs.filter(({ stands, facts }) => stands && facts.status === 'finished')
    const seeds = counted.flatMap(({ seed }) => (seed === null ? [] : [seed]))
    const seconds = counted.flatMap(({ facts }) => (facts.seconds === null ? [] : [facts.seconds]))
    return {
      key,
      label: label(key),
      changes,
      isBaseline: key === definition.baseline,
      n: counted.length,
      seeds,
      runs: countRuns(runs),
      parameters: rangeOf(counted, 'parameters'),
      flops: rangeOf(counted, 'flops'),
      seconds:
        seconds.length === 0
          ? notDefined('no-values', 'No finished run has a time.')
          : { defined: true, mean: mean(seconds), n: seconds.length, total: mean(seconds) * seconds.length },
    }
  })
}

export function countRuns(runs: readonly PlacedRun[]): VariantResult['runs'] {
  const count = (test: (run: PlacedRun) => boolean) => runs.filter(test).length
  return {
    total: runs.length,
    finished: count(({ facts }) => facts.status === 'finished'),
    failed: count(({ facts }) => facts.status === 'failed' || facts.status === 'crashed'),
    unfinished: count(({ facts }) => facts.status === 'running' || facts.status === 'interrupted'),
    duplicates: count(({ facts, stands }) => facts.status === 'finished' && !stands),
  }
}

function rangeOf(runs: readonly PlacedRun[], field: 'parameters' | 'flops'): Computed<{ low: number; high: number }> {
  const values = runs.flatMap(({ facts }) => facts[field] ?? [])
  if (values.length === 0) return notDefined('no-values', `No finished run has logged its ${field === 'flops' ? 'FLOPs' : field}.`)
  return { defined: true, low: Math.min(...values), high: Math.max(...values) }
}
