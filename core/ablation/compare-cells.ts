import { type Computed, finiteValue, notDefined } from '../stats/computed.ts'
import { largestSize, mean, sampleSd, withoutNoise } from '../stats/descriptive.ts'
import { cliffDelta, cohenD, cohenDz, hedgesG, probabilityOfSuperiority } from '../stats/effect-sizes.ts'
import { equivalence } from '../stats/equivalence.ts'
import { detectableEffect, seedsNeeded } from '../stats/power.ts'
import { intervalAround } from '../stats/summary.ts'
import { oneSampleT, welchT } from '../stats/t-tests.ts'
import { type PairableValue, pairRuns } from './pair-runs.ts'
import { chooseTest, runTests, type Samples } from './run-tests.ts'
import type { StudyMetric } from './study.ts'
import type { EffectSizes, StudyComparison } from './study-result.ts'
import type { TableSettings } from './table-settings.ts'

const POWER = 0.8

export interface ComparedCell {
  variant: string
  values: readonly PairableValue[]
}

/** A variant against its reference in one metric. `pAdjusted` and `verdict` are filled in later, when the whole family is known. */
export function compareCells(cell: ComparedCell, reference: ComparedCell, metric: StudyMetric, settings: TableSettings): StudyComparison {
  const { pairing, pairs } = pairRuns(cell.values, reference.values)
  const samples = samplesOf(cell, reference, pairs)
  const t = samples.paired ? oneSampleT(samples.differences, samples.size) : welchT(samples.variant, samples.reference)
  const welch = samples.paired ? welchT(values(cell), values(reference)) : t
  const tests = runTests(samples, t, welch, settings.test)
  const { test, reason } = chooseTest(settings.test, pairing.paired)
  const chosen = tests.find(({ name }) => name === test)?.outcome
  const p = chosen ?? (test === null ? notDefined('not-chosen', 'No test is chosen.') : notDefined('no-pairs', pairing.reason))
  const effects = effectsOf(samples, metric)
  const margin = settings.equivalenceMargins[metric.name]
  return {
    variant: cell.variant,
    reference: reference.variant,
    metric: metric.name,
    pairing,
    pairs,
    difference: differenceOf(samples, metric),
    relative: relativeOf(samples),
    ci: t.defined ? intervalAround(t.difference, t.se, t.df, 1 - settings.alpha) : t,
    test,
    testReason: reason,
    tests,
    p: p.defined ? { defined: true, value: p.p } : p,
    pAdjusted: notDefined('not-chosen', 'Not in the family of tests.'),
    verdict: 'not-tested',
    effects,
    equivalence:
      margin === undefined
        ? notDefined('no-margin', 'No margin of equivalence is set for this metric.')
        : equivalence(t, metric.unit === '%' ? margin / 100 : margin, settings.alpha),
    ...planning(samples, effects, settings.alpha),
  }
}

const values = (cell: ComparedCell) => cell.values.map(({ value }) => value)

function samplesOf(cell: ComparedCell, reference: ComparedCell, pairs: StudyComparison['pairs']): Samples {
  const paired = pairs.length > 0
  const first = paired ? pairs.map((pair) => pair.variant) : values(cell)
  const second = paired ? pairs.map((pair) => pair.reference) : values(reference)
  return { paired, variant: first, reference: second, differences: pairs.map((pair) => pair.difference), size: largestSize(first, second) }
}

function differenceOf({ paired, variant, reference, differences, size }: Samples, { goal }: StudyMetric): StudyComparison['difference'] {
  if (variant.length === 0 || reference.length === 0) return notDefined('no-values', 'One side has no value.')
  const value = paired ? mean(differences) : mean(variant) - mean(reference)
  if (!Number.isFinite(value)) return notDefined('out-of-range', 'The values are too large for their difference.')
  const rounded = withoutNoise([value], size)[0]!
  return { defined: true, value, better: rounded === 0 ? 'equal' : rounded > 0 === (goal === 'max') ? 'better' : 'worse' }
}

function relativeOf({ variant, reference }: Samples): Computed<{ percent: number }> {
  if (variant.length === 0 || reference.length === 0) return notDefined('no-values', 'One side has no value.')
  const base = mean(reference)
  if (base === 0) return notDefined('zero-reference', 'The reference is 0: nothing is a percentage of it.')
  const percent = (100 * (mean(variant) - base)) / Math.abs(base)
  return Number.isFinite(percent) ? { defined: true, percent } : notDefined('out-of-range', 'The reference is too near 0 for a percentage.')
}

function effectsOf({ paired, variant, reference, differences, size }: Samples, { goal }: StudyMetric): EffectSizes {
  const higher = probabilityOfSuperiority(variant, reference)
  return {
    cohenD: cohenD(variant, reference),
    hedgesG: hedgesG(variant, reference),
    dz: paired ? cohenDz(differences, size) : notDefined('no-pairs', 'Only for runs paired by seed.'),
    cliffDelta: cliffDelta(variant, reference),
    probabilityOfImprovement: higher.defined && goal === 'min' ? { defined: true, value: 1 - higher.value } : higher,
  }
}

/** What it would take: seeds for the observed effect, and the difference that these seeds could have found. */
function planning(samples: Samples, effects: EffectSizes, alpha: number): Pick<StudyComparison, 'seedsNeeded' | 'detectable'> {
  const design = samples.paired ? 'paired' : 'independent'
  const effect = samples.paired ? effects.dz : effects.hedgesG
  if (!effect.defined) return { seedsNeeded: effect, detectable: effect }
  const [n, otherN] = [samples.variant.length, samples.reference.length]
  return {
    seedsNeeded: seedsNeeded(design, Math.abs(effect.value), alpha, POWER),
    detectable: detectable(detectableEffect(design, n, alpha, POWER, otherN), samples.paired ? sampleSd(samples.differences) : pooledSd(samples)),
  }
}

function detectable(found: Computed<{ effect: number }>, unit: number): StudyComparison['detectable'] {
  if (!found.defined) return found
  const difference = finiteValue(found.effect * unit)
  return difference.defined ? { defined: true, effect: found.effect, difference: difference.value, power: POWER } : difference
}

function pooledSd({ variant, reference }: Samples): number {
  const [a, b] = [variant.length, reference.length]
  return Math.sqrt(((a - 1) * sampleSd(variant) ** 2 + (b - 1) * sampleSd(reference) ** 2) / (a + b - 2))
}
