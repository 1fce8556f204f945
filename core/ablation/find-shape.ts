import { aliasClasses } from './alias-classes.ts'
import { canonicalSetting } from './canonical-setting.ts'
import { isOff } from './component-state.ts'
import { factorsOf, twoLevelFactors } from './factor-levels.ts'
import type { StudyChange, StudyShape, StudyVariant } from './study.ts'

/** Share of the corners from which on a two-level design counts as factorial with corners missing. */
const MOSTLY_THERE = 0.75
const MOST_FACTORS = 6

/** Recognises the design from what each variant changes of the baseline. */
export function findShape(variants: readonly StudyVariant[], baseline: string): StudyShape {
  const others = variants.filter(({ key }) => key !== baseline)
  if (others.length === 0) return 'free'
  const lists = others.map(({ changes }) => changes)
  const factors = factorsOf(variants)
  const single = lists.filter((changes) => changes.length === 1)
  if (factors.length === 1 && others.length >= 2) return 'sweep'
  if (single.length === others.length) return starOrAdd(single)
  if (others.length >= 2 && growsFrom(lists.toSorted((a, b) => a.length - b.length))) return 'chain'
  if (factors.reduce((product, { levels }) => product * levels.length, 1) === variants.length) return 'factorial'
  if (factors.every(({ levels }) => levels.length === 2)) {
    const joined = twoLevelFactors(factors, variants)
    const all = 2 ** joined.length
    if (joined.length >= 2 && variants.length === all) return 'factorial'
    const corners = variants.map((_, at) => joined.reduce((sum, { isHigh }, i) => sum + (isHigh[at] ? 2 ** i : 0), 0))
    if (joined.length >= 3 && joined.length <= 10 && variants.length >= 4 && aliasClasses(joined.length, corners)) return 'fractional'
    const mostly = joined.length <= MOST_FACTORS && variants.length >= MOSTLY_THERE * all && variants.length > joined.length + 1
    if (mostly) return 'factorial'
  }
  return single.length >= Math.max(2, others.length / 2) ? starOrAdd(single) : 'free'
}

/** Whether each list of changes holds the one before it, and more. */
export function growsFrom(lists: readonly (readonly StudyChange[])[]): boolean {
  const keys = lists.map((changes) => new Set(changes.map(({ path, to }) => `${path}=${canonicalSetting(to)}`)))
  return keys.every((own, i) => i === 0 || (own.size > keys[i - 1]!.size && [...keys[i - 1]!].every((key) => own.has(key))))
}

/** Add-one-in: what the variants change is put in, not taken out, in most of them. */
function starOrAdd(lists: readonly (readonly StudyChange[])[]): StudyShape {
  const added = lists.flat().filter(({ path, from, to }) => isOff(path, from) && !isOff(path, to)).length
  return 2 * added > lists.flat().length ? 'add-one-in' : 'star'
}
