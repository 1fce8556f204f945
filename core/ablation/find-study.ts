import { LossboardError } from '../errors.ts'
import { naturalCompare } from '../metric-groups.ts'
import type { Json } from '../run.ts'
import { canonicalSetting } from './canonical-setting.ts'
import { chooseBaseline, rememberedChanges } from './choose-baseline.ts'
import { factorsOf, twoLevelFactors } from './factor-levels.ts'
import { findShape } from './find-shape.ts'
import { type FindableRun, groupVariants } from './group-variants.ts'
import { IGNORED_KEYS } from './ignored-keys.ts'
import type { StudyDefinition, StudyMetric, StudyRun, StudyShape, StudyVariant } from './study.ts'
import { variantKey } from './variant-key.ts'
import { variantLabels } from './variant-labels.ts'

export interface FindStudyOptions {
  name: string
  project: string
  metrics: StudyMetric[]
  /** Key of a variant, or id of one of its runs. Null: chosen, and explained. */
  baseline?: string | null
  /** Patterns of config keys that are not compared. Default `IGNORED_KEYS`. */
  ignore?: readonly string[]
}

/**
 * Makes a study of any set of runs: what their configs differ in are its factors, equal configs are one variant.
 * Missing corners of a factorial design become variants without runs.
 * @throws LossboardError `invalid_argument` for no runs, `not_found` for a baseline that is none of them
 */
export function findStudy(runs: readonly FindableRun[], options: FindStudyOptions): { definition: StudyDefinition; runs: StudyRun[] } {
  if (runs.length === 0) throw new LossboardError('invalid_argument', 'A study needs at least one run: none was given.')
  const { variants: found, ignored } = groupVariants(runs, options.ignore ?? IGNORED_KEYS)
  const wanted = options.baseline ?? null
  if (wanted !== null && !found.some(({ key, runs }) => key === wanted || runs.some(({ run }) => run.id === wanted)))
    throw new LossboardError('not_found', `The baseline ${wanted} is neither a variant nor a run of this study: choose one of its runs.`)
  const changes = rememberedChanges()
  const { baseline, reason } = chooseBaseline(found, changes, wanted)
  const bare = found.map((one): StudyVariant => ({ key: one.key, label: '', changes: changes(baseline, one), config: null }))
  const shape = findShape(bare, baseline.key)
  const complete = shape === 'factorial' ? [...bare, ...missingCorners(bare)] : bare
  const ordered = inRowOrder(complete, baseline.key, shape)
  const labels = variantLabels(ordered, baseline.key, shape)
  return {
    definition: {
      name: options.name,
      project: options.project,
      origin: 'found',
      shape,
      metrics: options.metrics,
      baseline: baseline.key,
      baselineReason: reason,
      variants: ordered.map((variant, i) => ({ ...variant, label: labels[i]! })),
      seeds: null,
      ignored,
      ...(options.ignore ? { ignorePatterns: [...options.ignore] } : {}),
    },
    runs: found.flatMap(({ key, runs: members }) => members.map(({ run, seed }): StudyRun => ({ runId: run.id, variant: key, seed }))),
  }
}

/** Corners of a two-level design that nobody has trained. */
function missingCorners(variants: readonly StudyVariant[]): StudyVariant[] {
  const factors = factorsOf(variants)
  if (factors.some(({ levels }) => levels.length !== 2)) return []
  const joined = twoLevelFactors(factors, variants)
  if (joined.length !== factors.length || 2 ** joined.length === variants.length) return []
  const signature = (changes: StudyVariant['changes']) =>
    changes
      .map(({ path, to }) => `${path}=${canonicalSetting(to)}`)
      .sort()
      .join(',')
  const there = new Set(variants.map(({ changes }) => signature(changes)))
  const possible = factors.map(({ path }) => variants.flatMap(({ changes }) => changes).find((change) => change.path === path)!)
  return Array.from({ length: 2 ** possible.length }, (_, corner) => possible.filter((_, i) => (corner >> i) % 2 === 1))
    .filter((changes) => !there.has(signature(changes)))
    .map((changes) => ({ key: variantKey(`missing ${signature(changes)}`), label: '', changes, config: null }))
}

/** Baseline first, then by number of changes, then by what is changed. A sweep goes by value. */
function inRowOrder(variants: readonly StudyVariant[], baseline: string, shape: StudyShape): StudyVariant[] {
  const swept = variants.flatMap(({ changes }) => changes)[0]
  const value = ({ changes }: StudyVariant): Json | undefined => (changes.length === 0 ? swept?.from : changes[0]!.to)
  const paths = ({ changes }: StudyVariant) => changes.map(({ path }) => path).join(' ')
  return variants.toSorted((a, b) => {
    if (shape !== 'sweep') {
      const first = Number(b.key === baseline) - Number(a.key === baseline)
      const order = first || a.changes.length - b.changes.length || naturalCompare(paths(a), paths(b))
      if (order !== 0) return order
    }
    return compareValues(value(a), value(b)) || (a.key < b.key ? -1 : 1)
  })
}

/** A setting as a number, as it is compared: "1e-3" is one. */
function numberOf(value: Json | undefined): number | null {
  const text = canonicalSetting(value)
  return /^-?\d/.test(text) ? Number(text) : null
}

function compareValues(a: Json | undefined, b: Json | undefined): number {
  const [x, y] = [numberOf(a), numberOf(b)]
  return x !== null && y !== null ? x - y : naturalCompare(canonicalSetting(a), canonicalSetting(b))
}
