import { canonicalJson, configText } from '../config-diff.ts'
import type { Json, JsonObject } from '../run.ts'
import type { MergeConfig, RawDesign } from './design.ts'
import type { DesignVariant } from './design-star.ts'
import { StudyProblem } from './study-problem.ts'
import { sweptName } from './swept-name.ts'

/** More than anybody means to train. */
const VARIANTS_MAX = 10_000

/** Every combination of the values, the first setting changing slowest. */
export function gridDesign(base: JsonObject, grid: Record<string, Json[]>, merge: MergeConfig): RawDesign {
  const paths = Object.keys(grid)
  if (paths.length === 0) throw new StudyProblem('grid is empty: give values by path, { lr: [0.1, 0.01] }', ['grid'])
  const size = paths.reduce((product, path) => product * (grid[path]?.length ?? 0), 1)
  const without = paths.find((path) => grid[path]?.length === 0)
  if (without !== undefined) throw new StudyProblem(`grid has no values for ${without}`, ['grid', without])
  if (size > VARIANTS_MAX) throw new StudyProblem(`the grid has ${size} combinations: at most ${VARIANTS_MAX} can be a study`, ['grid'])
  let combinations: JsonObject[] = [{}]
  for (const path of paths) combinations = combinations.flatMap((given) => (grid[path] ?? []).map((value) => ({ ...given, [path]: value })))
  const variants = combinations.map((given): DesignVariant => {
    const parts = Object.entries(given)
    return {
      key: `grid/${parts.map(([path, value]) => `${path}=${canonicalJson(value)}`).join(',')}`,
      label: parts.map(([path, value]) => `${sweptName(path, paths)}=${configText(value)}`).join(', '),
      config: parts.reduce((config, [path, value]) => merge(config, { [path]: value }), base),
      given,
    }
  })
  return { shape: paths.length === 1 ? 'sweep' : 'factorial', variants, ...baselineOf(variants, base) }
}

/** The combination that is the base, when it is one of them. */
export function baselineOf(variants: readonly DesignVariant[], base: JsonObject): { baseline: string; baselineReason: string } {
  const text = canonicalJson(base)
  const same = variants.find(({ config }) => canonicalJson(config) === text)
  if (same) return { baseline: same.key, baselineReason: 'its settings are those of the declared base' }
  return { baseline: variants[0]!.key, baselineReason: 'the first combination: the declared base is none of them' }
}
