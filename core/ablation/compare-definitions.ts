import { configText } from '../config-diff.ts'
import { configChanges } from './config-changes.ts'
import type { StudyChange, StudyDefinition, StudyVariant } from './study.ts'

/** What a declared study has become since it was stored. */
export interface DefinitionChanges {
  /** Variants that are trained with something else than before: their runs no longer are what the table would say. */
  changed: { label: string; isBaseline: boolean; changes: StudyChange[] }[]
  added: StudyVariant[]
  /** Variants that are no longer declared. */
  gone: StudyVariant[]
  addedSeeds: number[]
  goneSeeds: number[]
}

export function compareDefinitions(stored: StudyDefinition, declared: StudyDefinition): DefinitionChanges {
  const before = new Map(stored.variants.map((variant) => [variant.key, variant]))
  const after = new Set(declared.variants.map(({ key }) => key))
  const changed = declared.variants.flatMap((variant) => {
    const old = before.get(variant.key)
    if (!old?.config || !variant.config) return []
    const changes = configChanges(old.config, variant.config)
    return changes.length > 0 ? [{ label: variant.label, isBaseline: variant.key === declared.baseline, changes }] : []
  })
  return {
    changed,
    added: declared.variants.filter(({ key }) => !before.has(key)),
    gone: stored.variants.filter(({ key }) => !after.has(key)),
    addedSeeds: (declared.seeds ?? []).filter((seed) => !stored.seeds?.includes(seed)),
    goneSeeds: (stored.seeds ?? []).filter((seed) => !declared.seeds?.includes(seed)),
  }
}

/** One line about a change of config: `lr: 0.1 → 0.2, dropout: 0.5 → –`. */
export function changesText(changes: readonly StudyChange[], most = 4): string {
  const shown = changes.slice(0, most).map(({ path, from, to }) => `${path}: ${configText(from)} → ${configText(to)}`)
  return `${shown.join(', ')}${changes.length > most ? ` and ${changes.length - most} more` : ''}`
}
