import { configText } from '../config-diff.ts'
import { naturalCompare } from '../metric-groups.ts'
import type { Json } from '../run.ts'
import { canonicalSetting } from './canonical-setting.ts'
import { isOff } from './component-state.ts'
import type { StudyVariant } from './study.ts'

export interface Factor {
  path: string
  /** Values in order: without the part first; else the order of numbers; the baseline's last where nothing else says. */
  levels: (Json | undefined)[]
}

/** Every path in which a variant differs from the baseline, with all values it takes; in natural order of paths. */
export function factorsOf(variants: readonly StudyVariant[]): Factor[] {
  const found = new Map<string, Map<string, Json | undefined>>()
  for (const { changes } of variants)
    for (const { path, from, to } of changes) {
      const levels = found.get(path) ?? new Map([[canonicalSetting(from), from]])
      levels.set(canonicalSetting(to), to)
      found.set(path, levels)
    }
  return [...found].sort(([a], [b]) => naturalCompare(a, b)).map(([path, levels]) => ({ path, levels: orderLevels(path, [...levels.values()]) }))
}

function orderLevels(path: string, [baseline, ...others]: (Json | undefined)[]): (Json | undefined)[] {
  const all = [...others, baseline]
  const rank = (value: Json | undefined) => (isOff(path, value) ? 0 : 1)
  const numbers = all.every((value) => typeof value === 'number')
  return all
    .map((value, at) => ({ value, at }))
    .sort((a, b) => rank(a.value) - rank(b.value) || (numbers ? (a.value as number) - (b.value as number) : 0) || a.at - b.at)
    .map(({ value }) => value)
}

/** Level of a variant in a factor, as an index into its levels. */
export function levelOf(factor: Factor, { changes }: StudyVariant, baselineLevel: number): number {
  const change = changes.find(({ path }) => path === factor.path)
  if (!change) return baselineLevel
  const wanted = canonicalSetting(change.to)
  return factor.levels.findIndex((level) => canonicalSetting(level) === wanted)
}

/** The level that the baseline has: `from` of any change of this factor. */
export function baselineLevelOf(factor: Factor, variants: readonly StudyVariant[]): number {
  const change = variants.flatMap(({ changes }) => changes).find(({ path }) => path === factor.path)
  const wanted = canonicalSetting(change?.from)
  return factor.levels.findIndex((level) => canonicalSetting(level) === wanted)
}

/** A factor of a two-level design: one path, or several that always change together. */
export interface TwoLevelFactor {
  /** `a`, or `a + b`. */
  path: string
  low: string
  high: string
  /** By variant: whether it has the high level. */
  isHigh: boolean[]
}

/** Joins paths that no variant changes apart: a design cannot tell them from one factor. Only for factors of two levels. */
export function twoLevelFactors(factors: readonly Factor[], variants: readonly StudyVariant[]): TwoLevelFactor[] {
  const joined: TwoLevelFactor[] = []
  for (const factor of factors) {
    const start = baselineLevelOf(factor, variants)
    const high = variants.map((variant) => levelOf(factor, variant, start) === 1)
    const [low, top] = [levelText(factor.levels[0]), levelText(factor.levels[1])]
    const twin = joined.find((one) => one.isHigh.every((value, i) => value === high[i]) || one.isHigh.every((value, i) => value !== high[i]))
    if (!twin) joined.push({ path: factor.path, low, high: top, isHigh: high })
    else {
      const same = twin.isHigh[0] === high[0]
      twin.path += ` + ${factor.path}`
      twin.low += `, ${same ? low : top}`
      twin.high += `, ${same ? top : low}`
    }
  }
  return joined
}

export function levelText(value: Json | undefined): string {
  return value === undefined ? 'not there' : configText(value)
}
