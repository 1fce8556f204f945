import { naturalCompare } from '../metric-groups.ts'
import type { Json, JsonObject } from '../run.ts'
import { canonicalSetting } from './canonical-setting.ts'
import { isOff } from './component-state.ts'
import { isBelow, joinPath, parentPath, splitPath } from './config-path.ts'
import type { StudyChange } from './study.ts'

/** Last parts of a path that switch the whole part above them on or off … */
const TOGGLE = /^(enabled?|active|on|use|used)$/
/** … or say which kind of it is meant, and with it which other settings there are. */
const SELECTOR = /^(kind|type|name|mode|method|_target_|class)$/
/** `use_attention` switches `attention` and `attention_heads`. */
const PREFIX = /^(use|with|enable|has)_?([a-zA-Z].*)$/

type Flat = ReadonlyMap<string, Json>

interface Difference {
  path: string
  from: Json | undefined
  to: Json | undefined
}

/**
 * In what one flat config differs from another, as factors: what only follows from another change (the number of heads of an attention that
 * was switched off, the momentum of an optimizer that was exchanged) is folded into it, and a part that is gone as a whole is one change.
 */
export function foldedChanges(from: Flat, to: Flat): StudyChange[] {
  const differences = [...new Set([...from.keys(), ...to.keys()])]
    .filter((path) => canonicalSetting(from.get(path)) !== canonicalSetting(to.get(path)))
    .sort(naturalCompare)
    .map((path): Difference => ({ path, from: from.get(path), to: to.get(path) }))
  const owner = new Map(differences.map((one) => [one.path, ownerOf(one, differences)]))
  const factors = new Map<string, StudyChange>()
  for (const one of differences) {
    let root = one.path
    // A folded change may itself own others; two that would own each other are told apart by length.
    for (let next = owner.get(root); next !== null && next !== undefined; next = owner.get(root)) root = next
    const whole = root === one.path ? wholePart(one, from, to) : root
    const known = factors.get(whole)
    const change = known ?? { path: whole, from: valueAt(from, whole), to: valueAt(to, whole), folded: [] }
    if (whole !== one.path) change.folded.push(one.path)
    factors.set(whole, change)
  }
  return [...factors.values()]
    .map((change) => ({ ...change, folded: change.folded.sort(naturalCompare) }))
    .sort((a, b) => naturalCompare(a.path, b.path))
}

/** The outermost difference that this one only follows from; null: it stands for itself. */
function ownerOf(one: Difference, differences: readonly Difference[]): string | null {
  const oneSided = one.from === undefined || one.to === undefined
  const owners = differences.filter((other) => other.path !== one.path && governs(other, one, oneSided))
  owners.sort((a, b) => splitPath(a.path).length - splitPath(b.path).length || (a.path < b.path ? -1 : 1))
  return owners[0]?.path ?? null
}

function governs(owner: Difference, one: Difference, oneSided: boolean): boolean {
  if (isBelow(one.path, owner.path)) return true
  const parts = splitPath(owner.path)
  const last = parts.at(-1) ?? ''
  const parent = parentPath(owner.path)
  const switched = isOff(owner.path, owner.from) !== isOff(owner.path, owner.to)
  // Of two switches in one place, neither follows from the other.
  const sibling =
    parentPath(one.path) === parent && (TOGGLE.test(splitPath(one.path).at(-1) ?? '') || SELECTOR.test(splitPath(one.path).at(-1) ?? ''))
  if (parent !== null && isBelow(one.path, parent) && !sibling) {
    if (TOGGLE.test(last)) return oneSided || switched
    if (SELECTOR.test(last)) return oneSided
  }
  const named = PREFIX.exec(last)?.[2]
  if (named === undefined) return false
  const stem = joinPath([...parts.slice(0, -1), named.charAt(0).toLowerCase() + named.slice(1)])
  return (one.path === stem || isBelow(one.path, stem) || one.path.startsWith(`${stem}_`)) && (oneSided || switched)
}

/** The largest part around a setting of which the other config has nothing at all; the setting itself when its surroundings are there. */
function wholePart({ path, from: before, to: after }: Difference, from: Flat, to: Flat): string {
  if (before !== undefined && after !== undefined) return path
  const lacking = before === undefined ? from : to
  let whole = path
  for (let up = parentPath(path); up !== null; up = parentPath(up)) {
    const above = up
    if ([...lacking.keys()].some((key) => key === above || isBelow(key, above))) break
    whole = above
  }
  return whole
}

/** A setting, or the part below a path as an object; undefined: neither. */
export function valueAt(flat: Flat, path: string): Json | undefined {
  if (flat.has(path)) return flat.get(path)
  const below = [...flat].filter(([key]) => isBelow(key, path))
  if (below.length === 0) return undefined
  const root: JsonObject = {}
  const depth = splitPath(path).length
  for (const [key, value] of below) {
    const parts = splitPath(key).slice(depth)
    let at = root
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {}
      at = at[part] as JsonObject
    }
    at[parts.at(-1)!] = value
  }
  return root
}
