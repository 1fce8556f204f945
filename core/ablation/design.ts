import { canonicalJson, configText } from '../config-diff.ts'
import type { Json, JsonObject } from '../run.ts'
import { configChanges } from './config-changes.ts'
import { type FractionalSpec, fractionalDesign } from './design-fractional.ts'
import { gridDesign } from './design-grid.ts'
import { type DesignVariant, starDesign } from './design-star.ts'
import { mergeConfig } from './merge-config.ts'
import type { StudyShape, StudyVariant } from './study.ts'
import { StudyProblem } from './study-problem.ts'

/** What a study varies. Changes are nested settings (`{ model: { norm: 'none' } }`) or dotted ones (`{ 'model.norm': 'none' }`). */
export interface DesignSpec {
  base: JsonObject
  /** Leave one out: by name, the changes that take the part away. */
  without?: Record<string, JsonObject>
  /** Add one in, to a bare base: by name, the changes that add the part. */
  with?: Record<string, JsonObject>
  /** Each adds its changes to the one before; the first to the base. */
  cumulative?: Record<string, JsonObject>
  /** One setting at a time: values by dotted path. A value that the base has is the base. */
  sweep?: Record<string, Json[]>
  /** Every combination: values by dotted path. */
  grid?: Record<string, Json[]>
  /** A part of all on/off combinations, see `fractionalDesign`. */
  fractional?: FractionalSpec
}

export type MergeConfig = (base: JsonObject, changes: JsonObject) => JsonObject

export interface Design {
  shape: StudyShape
  /** In row order; `changes` are those to the baseline. */
  variants: (StudyVariant & { config: JsonObject })[]
  baseline: string
  baselineReason: string
  /** Fractional designs: effects that the runs cannot tell apart, group by group, by factor name. */
  aliases: string[][]
}

/** What `starDesign`, `gridDesign` and `fractionalDesign` make. */
export interface RawDesign {
  shape: StudyShape
  variants: DesignVariant[]
  baseline: string
  baselineReason: string
  aliases?: string[][]
}

/**
 * The variants of a study, in row order.
 * @throws LossboardError `invalid_option` when nothing is varied, a variant changes nothing, or two are the same
 */
export function buildDesign(spec: DesignSpec, merge: MergeConfig = mergeConfig): Design {
  const alone = (['grid', 'fractional'] as const).filter((key) => spec[key])
  const star = (['without', 'with', 'cumulative', 'sweep'] as const).filter((key) => spec[key])
  if (alone.length + star.length === 0) throw new StudyProblem('nothing is varied: give without, with, cumulative, sweep, grid or fractional')
  if (alone.length > 0 && alone.length + star.length > 1)
    throw new StudyProblem(`${alone[0]} cannot be combined with ${[...alone.slice(1), ...star][0]}: make two studies of it`, alone.slice(0, 1))
  const raw = spec.grid
    ? gridDesign(spec.base, spec.grid, merge)
    : spec.fractional
      ? fractionalDesign(spec.base, spec.fractional, merge)
      : starDesign(spec, merge)
  checkDistinct(raw)
  const base = raw.variants.find(({ key }) => key === raw.baseline)!.config
  return {
    ...raw,
    aliases: raw.aliases ?? [],
    variants: raw.variants.map((variant) => ({ ...variant, changes: configChanges(base, variant.config) })),
  }
}

function checkDistinct({ variants, baseline }: RawDesign): void {
  const labels = new Set<string>()
  const configs = new Map<string, DesignVariant>()
  for (const variant of variants) {
    if (labels.has(variant.label)) throw new StudyProblem(`two variants are called "${variant.label}": give one another name`, placeOf(variant))
    labels.add(variant.label)
    const text = canonicalJson(variant.config)
    const twin = configs.get(text)
    if (twin) throw sameConfig(variant, twin, twin.key === baseline)
    configs.set(text, variant)
  }
}

function sameConfig(variant: DesignVariant, twin: DesignVariant, isBase: boolean): StudyProblem {
  const given = [...Object.entries(variant.given)].map(([path, value]) => `${path}: ${configText(value)}`).join(', ')
  return new StudyProblem(
    isBase
      ? `variant "${variant.label}" changes nothing: the base has ${given || 'that'} already`
      : `variants "${twin.label}" and "${variant.label}" are the same config: leave one out`,
    placeOf(variant),
  )
}

/** Keys are made of the places in the declaration: `without/attention`. */
function placeOf({ key, given }: DesignVariant): string[] {
  const at = key.indexOf('/')
  const place = key.slice(0, at)
  if (place === 'sweep') return [place, ...Object.keys(given)]
  return place === 'grid' || place === 'fractional' ? [place] : [place, key.slice(at + 1)]
}
