import { canonicalJson, configText } from '../config-diff.ts'
import type { JsonObject } from '../run.ts'
import type { DesignSpec, MergeConfig, RawDesign } from './design.ts'
import { StudyProblem } from './study-problem.ts'
import { sweptName } from './swept-name.ts'

export interface DesignVariant {
  key: string
  label: string
  config: JsonObject
  /** The changes as they were declared. */
  given: JsonObject
}

/** Somebody who writes the sign has chosen the label. */
const HAS_SIGN = /^(w\/o |without |no |[+\-−–] ?)/i

function signed(sign: string, name: string): string {
  if (name.trim() === '') throw new StudyProblem('a variant needs a name')
  return HAS_SIGN.test(name) ? name : `${sign} ${name}`
}

/** Variants around one base: parts taken away or added, one by one or on top of each other, and single settings swept. */
export function starDesign(spec: DesignSpec, merge: MergeConfig): RawDesign {
  const { base } = spec
  const baseLabel = spec.without && !spec.with ? 'full model' : 'base'
  const variants: DesignVariant[] = [{ key: 'base', label: baseLabel, config: base, given: {} }]
  for (const [name, given] of Object.entries(spec.without ?? {}))
    variants.push({ key: `without/${name}`, label: signed('w/o', name), config: merge(base, given), given })
  for (const [name, given] of Object.entries(spec.with ?? {}))
    variants.push({ key: `with/${name}`, label: signed('+', name), config: merge(base, given), given })
  let before = base
  for (const [name, given] of Object.entries(spec.cumulative ?? {})) {
    const config = merge(before, given)
    if (canonicalJson(config) === canonicalJson(before))
      throw new StudyProblem(`"${name}" in cumulative changes nothing: the step before it has that already`, ['cumulative', name])
    variants.push({ key: `cumulative/${name}`, label: signed('+', name), config, given })
    before = config
  }
  variants.push(...sweepVariants(spec, merge))
  return { shape: shapeOf(spec), variants, baseline: 'base', baselineReason: 'declared as the base' }
}

function sweepVariants({ base, sweep = {} }: DesignSpec, merge: MergeConfig): DesignVariant[] {
  const paths = Object.keys(sweep)
  return Object.entries(sweep).flatMap(([path, values]) => {
    if (values.length === 0) throw new StudyProblem(`sweep of ${path} has no values`, ['sweep', path])
    const name = sweptName(path, paths)
    return values.flatMap((value) => {
      const given = { [path]: value }
      const config = merge(base, given)
      const isBase = canonicalJson(config) === canonicalJson(base)
      return isBase ? [] : [{ key: `sweep/${path}=${canonicalJson(value)}`, label: `${name}=${configText(value)}`, config, given }]
    })
  })
}

function shapeOf(spec: DesignSpec): RawDesign['shape'] {
  const given = (['without', 'with', 'cumulative', 'sweep'] as const).filter((key) => Object.keys(spec[key] ?? {}).length > 0)
  if (given.length === 0)
    throw new StudyProblem(
      'nothing is varied: without, with, cumulative and sweep are empty',
      Object.keys(spec)
        .filter((key) => key !== 'base')
        .slice(0, 1),
    )
  if (given.includes('cumulative')) return given.length === 1 ? 'chain' : 'free'
  if (given.length > 1) return 'star'
  if (given[0] === 'with') return 'add-one-in'
  return given[0] === 'sweep' && Object.keys(spec.sweep ?? {}).length === 1 ? 'sweep' : 'star'
}
