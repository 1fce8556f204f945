import type { JsonObject } from '../run.ts'
import type { MergeConfig, RawDesign } from './design.ts'
import { baselineOf } from './design-grid.ts'
import type { DesignVariant } from './design-star.ts'
import { aliasGroups, parseGenerators } from './generators.ts'
import { StudyProblem } from './study-problem.ts'

export interface FractionalSpec {
  /** By name, the changes that make the high level; the base is the low level of every factor. In order they are A, B, C … */
  factors: Record<string, JsonObject>
  /** One for each halving: `D=ABC` sets D to the product of A, B and C (low −1, high +1); `D=-ABC` to its opposite. */
  generators: string[]
}

/** 2^(k−p) of the 2^k on/off combinations of k factors, p being the number of generators. Montgomery, Design and Analysis of Experiments, ch. 8. */
export function fractionalDesign(base: JsonObject, { factors, generators }: FractionalSpec, merge: MergeConfig): RawDesign {
  const names = Object.keys(factors)
  if (names.length < 3)
    throw new StudyProblem(`fractional needs at least 3 factors, got ${names.length}: use grid for fewer`, ['fractional', 'factors'])
  const made = parseGenerators(generators, names)
  const free = names.map((_, index) => index).filter((index) => !made.some(({ factor }) => factor === index))
  const variants = Array.from({ length: 2 ** free.length }, (_, number): DesignVariant => {
    // Standard order: the first free factor changes fastest.
    const levels = names.map(() => -1)
    for (const [place, factor] of free.entries()) levels[factor] = (number >> place) & 1 ? 1 : -1
    for (const { factor, sign, product } of made) levels[factor] = product.reduce((level, other) => level * (levels[other] as number), sign)
    const high = names.filter((_, index) => levels[index] === 1)
    return {
      key: `fractional/${levels.map((level) => (level === 1 ? '+' : '-')).join('')}`,
      label: high.length === 0 ? 'base' : high.join(' + '),
      config: high.reduce((config, name) => merge(config, factors[name] as JsonObject), base),
      given: {},
    }
  })
  return { shape: 'fractional', variants, ...baselineOf(variants, base), aliases: aliasGroups(made, names) }
}
