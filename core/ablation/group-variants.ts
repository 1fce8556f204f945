import { flattenConfig } from '../config-diff.ts'
import { naturalCompare } from '../metric-groups.ts'
import type { Json } from '../run.ts'
import { canonicalSetting } from './canonical-setting.ts'
import { groupBy } from './group-by.ts'
import { isIgnored, seedInConfig } from './ignored-keys.ts'
import type { StudyRunFacts } from './run-facts.ts'
import { variantKey } from './variant-key.ts'

/** What finding a study reads of a run. */
export type FindableRun = Pick<StudyRunFacts, 'id' | 'config' | 'seed' | 'tags' | 'startedAt'>

export interface FoundVariant {
  key: string
  /** Compared settings by dotted path. */
  flat: Map<string, Json>
  runs: { run: FindableRun; seed: number | null }[]
}

/** Runs with the same compared settings are one variant. `ignored`: paths left out, that at least one run has. */
export function groupVariants(runs: readonly FindableRun[], patterns: readonly string[]): { variants: FoundVariant[]; ignored: string[] } {
  const ignored = new Set<string>()
  const read = runs.map((run) => {
    const all = flattenConfig(run.config)
    const flat = new Map<string, Json>()
    for (const [path, value] of all)
      if (isIgnored(path, value, patterns)) ignored.add(path)
      else flat.set(path, value)
    const text = [...flat.keys()].sort().map((path) => `${JSON.stringify(path)}:${canonicalSetting(flat.get(path))}`)
    return { run, flat, text: text.join(','), seed: run.seed ?? seedInConfig(all) }
  })
  const keys = new Map<string, string>()
  const variants = [...groupBy(read, ({ text }) => text)].map(([text, members]): FoundVariant => {
    let key = variantKey(text)
    while (keys.has(key)) key += 'x'
    keys.set(key, text)
    members.sort((a, b) => a.run.startedAt - b.run.startedAt || (a.run.id < b.run.id ? -1 : 1))
    return { key, flat: members[0]!.flat, runs: members.map(({ run, seed }) => ({ run, seed })) }
  })
  variants.sort((a, b) => a.runs[0]!.run.startedAt - b.runs[0]!.run.startedAt || (a.key < b.key ? -1 : 1))
  return { variants, ignored: [...ignored].sort(naturalCompare) }
}
