import type { RunStatus } from '../run.ts'
import type { Computed, NotDefined } from '../stats/computed.ts'
import type { Aggregate, StudyChange, StudyMetric, StudyShape } from './study.ts'
import type { StudyWarning } from './study-warning.ts'
import type { TableSettings } from './table-settings.ts'

/** Two-sided confidence interval, in the unit the metric is logged in (a `%` metric: a fraction). */
export interface Interval {
  low: number
  high: number
  /** 0.95 for alpha 0.05. */
  level: number
}

/** How a run stands in its cell. Only `counted` runs enter means and tests. */
export type RunState = 'counted' | 'running' | 'failed' | 'interrupted' | 'crashed' | 'diverged' | 'no-value' | 'duplicate'

/** One run's value of one metric, counted or not: the dots of the plots and the drill-down. */
export interface CellValue {
  runId: string
  runName: string
  seed: number | null
  status: RunStatus
  state: RunState
  /** Finite, or null when there is none. A run that is not counted may still have one. */
  value: number | null
  /** Step the value was taken at; null for a mean over several. */
  step: number | null
  /** Why it is not counted, or how the value was taken where that is not plain; null: nothing to say. */
  note: string | null
}

/** Figures of the counted values of one variant and metric, in the unit the metric is logged in. */
export interface CellSummary {
  /** Counted values: distinct seeds (a run without a seed counts as its own). */
  n: number
  mean: number
  /** Sample standard deviation, n − 1. Not defined for n = 1. */
  sd: Computed<{ value: number }>
  /** sd / √n. */
  se: Computed<{ value: number }>
  /** Student t interval of the mean. */
  ci: Computed<Interval>
  /** Percentile bootstrap of the mean; `exact`: all n^n resamples were counted. */
  bootstrap: Computed<Interval & { exact: boolean; resamples: number }>
  median: number
  /** Mean of the middle half: a quarter, rounded down, cut at each end. */
  iqm: number
  min: number
  max: number
}

export interface StudyCell {
  variant: string
  metric: string
  values: CellValue[]
  summary: Computed<CellSummary>
}

export type TestName = 'paired-t' | 'welch' | 'wilcoxon' | 'sign-flip' | 'mann-whitney' | 'label-permutation'

export interface TestOutcome {
  statistic: number
  /** t, W (smaller rank sum), U (of the variant), or the difference of means. */
  statisticName: 't' | 'W' | 'U' | 'difference'
  df: number | null
  /** Two-sided. */
  p: number
  /** Smallest two-sided p this test can give at this n whatever the data; null: no such floor. */
  floor: number | null
  method: 'formula' | 'exact' | 'monte-carlo' | 'normal-approximation'
  /** Random resamples of a Monte Carlo p; null otherwise. */
  resamples: number | null
}

/** Positive: the variant's values are higher, whatever the goal. */
export interface EffectSizes {
  /** Difference of means over the pooled sd. */
  cohenD: Computed<{ value: number }>
  /** d with the small-sample factor. */
  hedgesG: Computed<{ value: number }>
  /** Mean difference over the sd of the differences; only paired. */
  dz: Computed<{ value: number }>
  /** Share of pairs of runs where the variant is higher minus the share where it is lower. */
  cliffDelta: Computed<{ value: number }>
  /** Probability that a run of the variant is BETTER by the goal than one of the reference, ties half. */
  probabilityOfImprovement: Computed<{ value: number }>
}

/** A variant against its reference in one metric. Differences are variant − reference, raw sign, unrounded. */
export interface StudyComparison {
  variant: string
  /** The baseline, or in a chain the row before. */
  reference: string
  metric: string
  pairing: {
    paired: boolean
    /** Seeds both have a counted value for. */
    sharedSeeds: number[]
    /** Values used of variant and reference; equal when paired. */
    nVariant: number
    nReference: number
    /** One sentence: why paired or not, and what was left out. */
    reason: string
  }
  /** One per shared seed when paired, in order of seeds; else empty. */
  pairs: { seed: number; variant: number; reference: number; difference: number }[]
  /** Mean of the paired differences, or difference of the means. `better` goes by the metric's goal. */
  difference: Computed<{ value: number; better: 'better' | 'worse' | 'equal' }>
  /** 100 × difference / |mean of the reference|, per cent. */
  relative: Computed<{ percent: number }>
  /** Of the difference: paired t or Welch, whatever test is chosen. */
  ci: Computed<Interval>
  /** Name of the test that `p`, `pAdjusted` and the verdict are of, and why this one; null: none chosen. */
  test: TestName | null
  testReason: string
  /** Every test that fits the pairing (or was asked for). */
  tests: { name: TestName; outcome: Computed<TestOutcome> }[]
  /** Of the chosen test, two-sided, unadjusted. */
  p: Computed<{ value: number }>
  /** Adjusted for the family of `StudyResult.family`; equal to p when no correction is chosen. */
  pAdjusted: Computed<{ value: number }>
  /** `out-of-reach`: no data could give p ≤ alpha with this test at this n, so not being significant says nothing. */
  verdict: 'significant' | 'not-significant' | 'out-of-reach' | 'not-tested'
  effects: EffectSizes
  /** Two one-sided tests against the margin of `TableSettings.equivalenceMargins`. `margin` in the logged unit. */
  equivalence: Computed<{ p: number; margin: number; equivalent: boolean; interval: Interval }>
  /** If the true effect were the observed one: seeds per variant for 80 % power of a two-sided t test. */
  seedsNeeded: Computed<{ n: number; effect: number; power: number }>
  /** The smallest true difference that 80 % of such studies, with this n and spread, would find. */
  detectable: Computed<{ difference: number; effect: number; power: number }>
}

export interface FactorialEffect {
  /** Paths of the factors: one for a main effect, two or more for an interaction. */
  factors: string[]
  /** (2/N) Σ ± corner mean: high minus low level for a main effect, ½[(y11 − y01) − (y10 − y00)] for an interaction of two. */
  estimate: number
  /** √(MSE Σ c²/n), from the analysis of variance. */
  se: Computed<{ value: number; df: number }>
  ci: Computed<Interval>
  p: Computed<{ value: number }>
  /** The same contrast within each seed, tested over seeds: takes the seeds' own levels out. Only when all cells share seeds. */
  withinSeeds: Computed<{ se: number; df: number; ci: Interval; p: number }>
  /** Effects that this design cannot tell apart from this one (fractions), with their sign; empty for full designs. */
  aliases: { factors: string[]; sign: 1 | -1 }[]
}

/** Analysis of a two-level design for one metric. Level `high` is the one with the part in it (or the baseline's). */
export interface FactorialResult {
  metric: string
  /** Full: every corner has a value. Fractional: a regular fraction of them. */
  design: 'full' | 'fractional'
  resolution: number | null
  factors: { path: string; low: string; high: string }[]
  /** Main effects first, then interactions by order. */
  effects: FactorialEffect[]
  /** Mean over seeds of each corner. `levels` follows `factors`: true is high. */
  corners: { variant: string; levels: boolean[]; mean: number; n: number }[]
  /** Share of each factor in the way from all low to all high (full designs); sums to `total`. */
  shapley: Computed<{
    total: number
    values: { path: string; value: number; se: Computed<{ value: number }>; share: Computed<{ percent: number }> }[]
  }>
  /** Mean square within the corners. */
  mse: Computed<{ value: number; df: number }>
}

/** One place of the variant × seed matrix. */
export interface StudySlot {
  variant: string
  seed: number
  state: 'finished' | 'running' | 'failed' | 'interrupted' | 'crashed' | 'missing'
  /** The run that counts; null when missing. */
  runId: string | null
}

export interface VariantResult {
  key: string
  /** With the overrides of the settings. */
  label: string
  changes: StudyChange[]
  isBaseline: boolean
  /** Distinct seeds among its finished runs (runs without a seed counted singly). */
  n: number
  seeds: number[]
  runs: { total: number; finished: number; failed: number; unfinished: number; duplicates: number }
  /** Range over the finished runs; low = high when all agree. */
  parameters: Computed<{ low: number; high: number }>
  flops: Computed<{ low: number; high: number }>
  /** Seconds of training, over the finished runs. */
  seconds: Computed<{ mean: number; n: number; total: number }>
}

/** What checklists of conferences ask for. */
export interface ChecklistFacts {
  variants: number
  /** Counted seeds per variant, least and most over the variants. */
  n: { least: number; most: number }
  seeds: number[]
  spread: TableSettings['spread']
  alpha: number
  /** Tests used, in alphabetical order. */
  tests: TestName[]
  paired: 'all' | 'some' | 'none'
  correction: TableSettings['correction']
  familySize: number
  selection: { metric: string; aggregate: Aggregate; goal: StudyMetric['goal'] }[]
  /** All runs of the study, including failed ones and duplicates. */
  runs: { total: number; finished: number; failed: number; unfinished: number; diverged: number; duplicates: number; deleted: number }
  /** Wall-clock seconds of all runs together, and how many runs have no time. */
  totalSeconds: number
  runsWithoutTime: number
}

/** Everything tables, plots and exports need. Plain JSON: no NaN, no undefined; the same input gives the same bytes. */
export interface StudyResult {
  shape: StudyShape
  baseline: string
  alpha: number
  testChoice: TableSettings['test']
  correction: TableSettings['correction']
  /** Family of the correction: tests of the shown variants and metrics that gave a p. Hidden rows are not in it. */
  family: { size: number; text: string }
  metrics: StudyMetric[]
  /** In row order of the study. */
  variants: VariantResult[]
  /** One per variant and metric, variants outermost. */
  cells: StudyCell[]
  /** One per metric and variant that has a reference. */
  comparisons: StudyComparison[]
  /** Per metric; empty unless the design is factorial. `factorialMissing` says why an expected one is not there. */
  factorial: FactorialResult[]
  factorialMissing: { metric: string; why: NotDefined }[]
  /** Seeds of the study, ascending. */
  seeds: number[]
  slots: StudySlot[]
  warnings: StudyWarning[]
  checklist: ChecklistFacts
}
