import { type Computed, notDefined } from '../stats/computed.ts'
import { mean, sampleSd } from '../stats/descriptive.ts'
import { studentTwoSided } from '../stats/distributions/student-t.ts'
import { intervalAround } from '../stats/summary.ts'
import { oneSampleT } from '../stats/t-tests.ts'
import { aliasClasses, orderOf } from './alias-classes.ts'
import { factorsOf, type TwoLevelFactor, twoLevelFactors } from './factor-levels.ts'
import { shapleyWeights } from './shapley.ts'
import type { StudyVariant } from './study.ts'
import type { FactorialEffect, FactorialResult } from './study-result.ts'

const MOST_FACTORS = 10

/** Counted values of one corner. */
export interface CornerValues {
  variant: string
  values: readonly { seed: number | null; value: number }[]
}

interface Corner extends CornerValues {
  /** Bit j: factor j is high. */
  bits: number
}

/** Main effects, interactions and Shapley shares of a full or regular fractional two-level design. */
export function factorialEffects(
  variants: readonly StudyVariant[],
  cells: readonly CornerValues[],
  metric: string,
  alpha: number,
): Computed<FactorialResult> {
  const changed = factorsOf(variants)
  const wide = changed.find(({ levels }) => levels.length !== 2)
  if (wide) return notDefined('out-of-range', `${wide.path} has ${wide.levels.length} values: effects are computed for two-level designs.`)
  const factors = twoLevelFactors(changed, variants)
  const refused = refuseDesign(factors.length)
  if (refused) return refused
  const paths = factors.map(({ path }) => path)
  const corners = cornersOf(variants, cells, factors)
  const empty = corners.filter(({ values }) => values.length === 0).length
  if (empty > 0) return notDefined('missing-cells', `${empty} of ${corners.length} corners have no value.`)
  const bits = corners.map((corner) => corner.bits)
  const design = new Set(bits).size === bits.length ? aliasClasses(factors.length, bits) : null
  if (design === null)
    return notDefined(
      'missing-cells',
      `${corners.length} of ${2 ** factors.length} corners are there, and they are no regular fraction of the design.`,
    )
  const full = corners.length === 2 ** factors.length
  const mse = meanSquareWithin(corners)
  const named = (word: number) => paths.filter((_, i) => (word >> i) % 2 === 1)
  const effects = design.classes.map(({ word, signs, aliases }): FactorialEffect => {
    const contrast = Array.from(signs, (sign) => (2 * sign) / corners.length)
    const estimate = dot(contrast, corners)
    const aliased = aliases.map((alias) => ({ factors: named(alias.word), sign: alias.sign }))
    return {
      factors: named(word),
      estimate,
      ...errorOf(contrast, corners, estimate, mse, alpha),
      withinSeeds: withinSeeds(contrast, corners, alpha),
      aliases: aliased,
    }
  })
  return {
    defined: true,
    metric,
    design: full ? 'full' : 'fractional',
    resolution: full ? null : Math.min(...design.defining.map(orderOf)),
    factors: factors.map(({ path, low, high }) => ({ path, low, high })),
    effects,
    corners: corners.map((corner) => ({
      variant: corner.variant,
      levels: paths.map((_, i) => (corner.bits >> i) % 2 === 1),
      mean: meanOf(corner),
      n: corner.values.length,
    })),
    shapley: full ? shapleyOf(paths, corners, mse) : notDefined('missing-cells', 'Only a full design has a Shapley share for each factor.'),
    mse,
  }
}

function refuseDesign(factors: number) {
  if (factors < 2) return notDefined('missing-cells', 'A factorial design needs two factors.')
  return factors > MOST_FACTORS ? notDefined('out-of-range', `Effects are computed for up to ${MOST_FACTORS} factors, not for ${factors}.`) : null
}

function cornersOf(variants: readonly StudyVariant[], cells: readonly CornerValues[], factors: readonly TwoLevelFactor[]): Corner[] {
  return variants.map(({ key }, at) => ({
    variant: key,
    values: cells.find((cell) => cell.variant === key)?.values ?? [],
    bits: factors.reduce((sum, { isHigh }, i) => sum + (isHigh[at] ? 2 ** i : 0), 0),
  }))
}

const meanOf = (corner: CornerValues) => mean(corner.values.map(({ value }) => value))

function dot(weights: readonly number[], corners: readonly Corner[]): number {
  return corners.reduce((sum, corner, i) => sum + weights[i]! * meanOf(corner), 0)
}

/** Mean square within corners: the variance between runs of one setting, pooled. */
function meanSquareWithin(corners: readonly Corner[]): FactorialResult['mse'] {
  const df = corners.reduce((sum, { values }) => sum + values.length - 1, 0)
  if (df === 0) return notDefined('one-value', 'With one run per corner there is no spread to judge effects by.')
  const squares = corners.reduce(
    (sum, { values }) => sum + (values.length < 2 ? 0 : (values.length - 1) * sampleSd(values.map(({ value }) => value)) ** 2),
    0,
  )
  return squares === 0
    ? notDefined('constant', 'No corner varies: there is no spread to judge effects by.')
    : { defined: true, value: squares / df, df }
}

/** Standard error √(MSE Σ c²/n) of a contrast. */
function standardError(weights: readonly number[], corners: readonly Corner[], mse: number): number {
  return Math.sqrt(mse * corners.reduce((sum, { values }, i) => sum + weights[i]! ** 2 / values.length, 0))
}

function errorOf(
  weights: readonly number[],
  corners: readonly Corner[],
  estimate: number,
  mse: FactorialResult['mse'],
  alpha: number,
): Pick<FactorialEffect, 'se' | 'ci' | 'p'> {
  if (!mse.defined) return { se: mse, ci: mse, p: mse }
  const se = standardError(weights, corners, mse.value)
  return {
    se: { defined: true, value: se, df: mse.df },
    ci: intervalAround(estimate, se, mse.df, 1 - alpha),
    p: { defined: true, value: studentTwoSided(estimate / se, mse.df) },
  }
}

/** The contrast of each seed that every corner has, tested over seeds. */
function withinSeeds(weights: readonly number[], corners: readonly Corner[], alpha: number): FactorialEffect['withinSeeds'] {
  const maps = corners.map(({ values }) => new Map(values.map(({ seed, value }) => [seed, value])))
  const shared = [...maps[0]!.keys()].filter((seed) => seed !== null && maps.every((map) => map.has(seed)))
  if (shared.length < 2) return notDefined('no-pairs', 'Fewer than two seeds are shared by all corners.')
  const contrasts = shared.map((seed) => maps.reduce((sum, map, i) => sum + weights[i]! * map.get(seed)!, 0))
  const size = Math.max(...maps.flatMap((map) => [...map.values()].map(Math.abs)))
  const test = oneSampleT(contrasts, size)
  if (!test.defined) return test
  const ci = intervalAround(test.difference, test.se, test.df, 1 - alpha)
  if (!ci.defined) return ci
  return { defined: true, se: test.se, df: test.df, ci: { low: ci.low, high: ci.high, level: ci.level }, p: test.p }
}

function shapleyOf(paths: readonly string[], corners: readonly Corner[], mse: FactorialResult['mse']): FactorialResult['shapley'] {
  const weights = shapleyWeights(
    paths.length,
    corners.map(({ bits }) => bits),
  )
  const high = corners.find(({ bits }) => bits === corners.length - 1)
  const low = corners.find(({ bits }) => bits === 0)
  if (!high || !low) return notDefined('missing-cells', 'The corner with all or with no parts is not there.')
  const total = meanOf(high) - meanOf(low)
  const values = paths.map((path, i) => {
    const value = dot(weights[i]!, corners)
    return {
      path,
      value,
      se: mse.defined ? { defined: true as const, value: standardError(weights[i]!, corners, mse.value) } : mse,
      share:
        total === 0
          ? notDefined('zero-reference', 'With all parts it is as good as with none: there is nothing to share out.')
          : { defined: true as const, percent: (100 * value) / total },
    }
  })
  return { defined: true, total, values }
}
