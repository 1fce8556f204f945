import { bootstrapMean } from '../stats/bootstrap.ts'
import { meanInterval, summarise } from '../stats/summary.ts'
import type { PlacedRun } from './place-runs.ts'
import type { CellValue, StudyCell } from './study-result.ts'

/** One variant in one metric: every run's value with whether it counts and why not, and the figures of those that do. */
export function summariseCell(variant: string, metric: string, runs: readonly PlacedRun[], alpha: number): StudyCell {
  const values = runs.map((run) => cellValue(run, metric))
  const counted = countedValues(values)
  const summary = summarise(counted.map(({ value }) => value))
  if (!summary.defined) return { variant, metric, values, summary }
  const { n, mean, sd, se, median, iqm, min, max } = summary
  const numbers = counted.map(({ value }) => value)
  const ci = meanInterval(numbers, 1 - alpha)
  const resampled = bootstrapMean(numbers, 1 - alpha)
  const { se: _, ...bootstrap } = resampled.defined ? resampled : { ...resampled, se: null }
  return { variant, metric, values, summary: { defined: true, n, mean, sd, se, ci, bootstrap, median, iqm, min, max } }
}

/** Values that enter means and tests, with their seeds. */
export function countedValues(values: readonly CellValue[]): { seed: number | null; value: number; runId: string }[] {
  return values.flatMap(({ state, seed, value, runId }) => (state === 'counted' && value !== null ? [{ seed, value, runId }] : []))
}

function cellValue({ facts, seed, stands }: PlacedRun, metric: string): CellValue {
  const found = facts.values[metric] ?? { value: null, reason: 'no-series' as const, note: `It has no ${metric}.` }
  const base = { runId: facts.id, runName: facts.name, seed, status: facts.status }
  const taken = found.value === null ? { value: null, step: null } : { value: found.value, step: found.step }
  if (facts.status !== 'finished') return { ...base, ...taken, state: facts.status, note: `Not counted: the run ${STATUS_TEXT[facts.status]}.` }
  if (!stands) return { ...base, ...taken, state: 'duplicate', note: `Not counted: a newer finished run has seed ${seed}, too.` }
  if (found.value !== null) return { ...base, ...taken, state: 'counted', note: found.note }
  return { ...base, ...taken, state: found.reason === 'not-finite' ? 'diverged' : 'no-value', note: found.note }
}

const STATUS_TEXT = { running: 'is still running', failed: 'failed', interrupted: 'was interrupted', crashed: 'crashed' } as const
