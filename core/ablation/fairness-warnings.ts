import { flattenConfig } from '../config-diff.ts'
import { canonicalSetting } from './canonical-setting.ts'
import { groupBy } from './group-by.ts'
import type { PlacedRun } from './place-runs.ts'
import type { StudyRunFacts } from './run-facts.ts'
import type { StudyWarning } from './study-warning.ts'
import { count, listed, type WarningContext, warning } from './warning-context.ts'

/** Settings that are there to make trainings unequally long. */
const LENGTH = /(^|\.)(max_?)?(epochs?|steps|iterations|iters)$|early_?stopping|patience/i
const BATCH = /batch/i
const DATA = /data|corpus|split|fold/i

/** Differences between variants that the study is not about: length of training, data, code. */
export function fairnessWarnings(context: WarningContext): StudyWarning[] {
  const finished = new Map(
    [...context.placement.byVariant].map(([key, runs]) => [key, runs.filter(({ stands, facts }) => stands && facts.status === 'finished')]),
  )
  return [
    ...ignoredDataWarnings(context),
    ...lengthWarnings(context, finished),
    ...dataWarnings(context, [...finished.values()].flat()),
    ...codeWarnings(context, [...finished.values()].flat()),
  ]
}

/** A path of a data set is not compared, as most paths are; but where it is another one for other variants, that is no bookkeeping. */
function ignoredDataWarnings({ study, placement }: WarningContext): StudyWarning[] {
  const suspects = study.ignored.filter((path) => DATA.test(path))
  if (suspects.length === 0) return []
  const flat = [...placement.byVariant.values()].map((runs) => runs.map(({ facts }) => flattenConfig(facts.config)))
  return suspects.flatMap((path) => {
    const perVariant = flat.filter((runs) => runs.length > 0).map((runs) => new Set(runs.map((one) => canonicalSetting(one.get(path)))))
    const differ = perVariant.every((values) => values.size === 1) && new Set(perVariant.map((values) => [...values][0])).size > 1
    return differ ? [warning('ignored-data-key', 'warning', `Variants differ in ${path}, which is not compared.`)] : []
  })
}

type Finished = ReadonlyMap<string, PlacedRun[]>

function lengthWarnings(context: WarningContext, finished: Finished): StudyWarning[] {
  const runs = [...finished.values()].flat()
  const varied = (pattern: RegExp) => context.study.variants.some(({ changes }) => changes.some(({ path }) => pattern.test(path)))
  if (varied(LENGTH)) return []
  if (runs.every(({ facts }) => facts.epochs !== null)) return unequal(context, finished, 'epochs', 'unequal-epochs', 'epochs')
  // Other batch sizes mean other numbers of steps over the same data.
  return varied(BATCH) ? [] : unequal(context, finished, 'steps', 'unequal-steps', 'steps (the highest logged)')
}

/** Early stopping and divergence aside, every run of a fair study is equally long: any deviation from the baseline is told. */
function unequal(context: WarningContext, finished: Finished, field: 'epochs' | 'steps', code: StudyWarning['code'], words: string): StudyWarning[] {
  const range = (key: string) => {
    const values = (finished.get(key) ?? []).flatMap(({ facts }) => facts[field] ?? [])
    return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) }
  }
  const base = range(context.study.baseline)
  if (base === null) return []
  const others = [...finished.keys()].flatMap((key) => {
    const own = range(key)
    return own === null || (own.low === base.low && own.high === base.high) ? [] : [{ key, own }]
  })
  const text = ({ low, high }: { low: number; high: number }) => (low === high ? rounded(low) : `${rounded(low)}–${rounded(high)}`)
  if (others.length === 0 && base.low === base.high) return []
  const where = [`${context.label(context.study.baseline)} ${text(base)}`, ...others.map(({ key, own }) => `${context.label(key)} ${text(own)}`)]
  return [
    warning(code, 'warning', `Runs were not trained equally long, in ${words}: ${listed(where, 5)}.`, { variants: others.map(({ key }) => key) }),
  ]
}

const rounded = (value: number) => String(Number(value.toPrecision(6)))

/** Runs of one seed must have seen the same data. Across seeds data may differ: the seed may decide the split. */
function dataWarnings({ label }: WarningContext, runs: readonly PlacedRun[]): StudyWarning[] {
  const known = runs.filter(({ facts }) => facts.dataHash !== null)
  const bySeed = groupBy(known, ({ seed }) => seed)
  const differing = [...bySeed.values()].filter((group) => new Set(group.map(({ facts }) => facts.dataHash)).size > 1).flat()
  if (differing.length === 0) return []
  const common = mostCommon(differing.map(({ facts }) => facts.dataHash))
  const variants = [...new Set(differing.filter(({ facts }) => facts.dataHash !== common).map(({ variant }) => variant))]
  return [
    warning('unequal-data', 'warning', `Runs of the same seed saw different data (${listed(variants.map(label))}).`, {
      variants,
      runs: differing.map(({ facts }) => facts.id),
    }),
  ]
}

function codeWarnings({ label, study }: WarningContext, runs: readonly PlacedRun[]): StudyWarning[] {
  const found: StudyWarning[] = []
  const commitOf = (facts: StudyRunFacts) => facts.commit
  const commits = new Set(runs.flatMap(({ facts }) => commitOf(facts) ?? []))
  if (commits.size > 1) {
    const base = new Set(runs.filter(({ variant }) => variant === study.baseline).map(({ facts }) => commitOf(facts)))
    const others = runs.filter(({ facts }) => facts.commit !== null && !base.has(facts.commit))
    const variants = [...new Set(others.map(({ variant }) => variant))]
    const where = variants.length > 0 ? `; not the baseline’s: ${listed(variants.map(label))}` : ''
    const short = [...commits].sort().map((commit) => commit.slice(0, 7))
    found.push(
      warning('unequal-code', 'warning', `Runs come from ${commits.size} versions of the code (${listed(short)}${where}).`, {
        variants,
        runs: others.map(({ facts }) => facts.id),
      }),
    )
  }
  const dirty = runs.filter(({ facts }) => facts.dirty === true)
  if (dirty.length > 0)
    found.push(
      warning('dirty-code', 'info', `${count(dirty.length, 'run')} ran with uncommitted changes to the code.`, {
        variants: [...new Set(dirty.map(({ variant }) => variant))],
        runs: dirty.map(({ facts }) => facts.id),
      }),
    )
  return found
}

function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
