import { StudyProblem } from './study-problem.ts'

/** I is the identity in this notation, so no factor has that letter. */
const LETTERS = 'ABCDEFGHJKLMNOP'
/** Orders of the effects listed: main effects, interactions of two, and of three where they stand in for one of those. */
const ORDER_MAX = 3

const GENERATORS = ['fractional', 'generators']

/** `D=-ABC`, by number of the factors: level of `factor` = `sign` × product of the levels of `product`. */
export interface Generator {
  factor: number
  sign: 1 | -1
  product: number[]
}

/** @throws LossboardError `invalid_option` for a generator that is none, and for generators that make two factors one */
export function parseGenerators(texts: readonly string[], names: readonly string[]): Generator[] {
  if (names.length > LETTERS.length) throw new StudyProblem(`fractional takes at most ${LETTERS.length} factors, got ${names.length}`, GENERATORS)
  const letters = LETTERS.slice(0, names.length)
  const problem = (text: string, why: string) =>
    new StudyProblem(`generator "${text}" ${why}: the factors are ${names.map((name, i) => `${LETTERS[i]} ${name}`).join(', ')}`, GENERATORS)
  if (texts.length === 0) throw new StudyProblem('fractional needs a generator, such as D=ABC; all combinations are a grid', GENERATORS)
  const generators = texts.map((text): Generator => {
    const [, left = '', minus = '', right = ''] = /^\s*([A-Za-z])\s*=\s*([-−]?)\s*([A-Za-z]+)\s*$/.exec(text) ?? []
    if (left === '') throw problem(text, 'is not of the form D=ABC')
    const numbers = [...(left + right).toUpperCase()].map((letter) => {
      const at = letters.indexOf(letter)
      if (at < 0) throw problem(text, `names ${letter}, which is no factor`)
      return at
    })
    const [factor = 0, ...product] = numbers
    if (new Set(numbers).size !== numbers.length) throw problem(text, 'names a factor twice')
    if (product.length < 2) throw problem(text, `makes ${left.toUpperCase()} the same as one other factor`)
    return { factor, sign: minus === '' ? 1 : -1, product }
  })
  const made = generators.map(({ factor }) => factor)
  for (const [index, { factor, product }] of generators.entries()) {
    const text = texts[index] as string
    if (made.indexOf(factor) !== index) throw problem(text, 'sets a factor that another generator sets')
    if (product.some((other) => made.includes(other))) throw problem(text, 'is built on a factor that is itself made by a generator')
  }
  for (const { mask } of definingRelation(generators)) {
    if (mask === 0 || order(mask) > 2) continue
    const same = names.filter((_, factor) => mask & bit(factor))
    throw new StudyProblem(`the generators ${texts.join(', ')} tie ${same.join(' to ')}: change one of them`, GENERATORS)
  }
  return generators
}

const bit = (factor: number) => 1 << factor
const order = (mask: number) => [...mask.toString(2)].filter((digit) => digit === '1').length

/** Products of factors that are constant over all runs, the empty one among them. */
function definingRelation(generators: readonly Generator[]): { mask: number; sign: number }[] {
  let relation = [{ mask: 0, sign: 1 }]
  for (const { factor, sign, product } of generators) {
    const word = product.reduce((mask, other) => mask | bit(other), bit(factor))
    relation = [...relation, ...relation.map((known) => ({ mask: known.mask ^ word, sign: known.sign * sign }))]
  }
  return relation
}

/**
 * Effects that cannot be told apart, group by group: each is the product of another with a word of the defining relation.
 * Listed are all groups that hold a main effect or an interaction of two, with members of up to three factors.
 */
export function aliasGroups(generators: readonly Generator[], names: readonly string[]): string[][] {
  const relation = definingRelation(generators)
  const name = (mask: number, sign: number) => (sign < 0 ? '−' : '') + names.filter((_, factor) => mask & bit(factor)).join(' × ')
  const seen = new Set<number>()
  const effects = Array.from({ length: 2 ** names.length - 1 }, (_, index) => index + 1)
    .filter((mask) => order(mask) <= 2)
    .sort((a, b) => order(a) - order(b) || a - b)
  return effects.flatMap((effect) => {
    if (seen.has(effect)) return []
    const group = relation.map(({ mask, sign }) => ({ mask: mask ^ effect, sign })).filter(({ mask }) => mask !== 0 && order(mask) <= ORDER_MAX)
    for (const { mask } of group) seen.add(mask)
    group.sort((a, b) => order(a.mask) - order(b.mask) || a.mask - b.mask)
    return group.length > 1 ? [group.map(({ mask, sign }) => name(mask, sign))] : []
  })
}
