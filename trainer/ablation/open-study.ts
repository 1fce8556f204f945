import { changesText, compareDefinitions } from '../../core/ablation/compare-definitions.ts'
import type { Study, StudyDefinition } from '../../core/ablation/study.ts'
import { LossboardError } from '../../core/errors.ts'
import type { Store } from '../../db/store.ts'
import type { StudyPlan } from './plan-study.ts'

/** The study of this project and name, or null. */
export async function findStudy(store: Store, { project, name }: StudyDefinition): Promise<Study | null> {
  const known = (await store.studies(project)).find((study) => study.name === name)
  return known ? store.study(known.id) : null
}

/**
 * Stores the declared study, going on with the one that is there. What changed since is said; runs that were trained with something else
 * than is declared now never count silently.
 * @throws LossboardError `invalid_argument` when a config changed and `restart` is not set
 */
export async function openStudy(store: Store, plan: StudyPlan, say: (line: string) => void): Promise<Study> {
  const { definition } = plan
  const known = await findStudy(store, definition)
  if (!known) return store.saveStudy(definition)
  if (known.origin === 'found')
    throw new LossboardError('invalid_argument', `study "${known.name}" was made of existing runs: give the declared one another name`)
  if (plan.restart && known.runs.length > 0) {
    const ids = known.runs.map(({ runId }) => runId)
    await store.dropStudyRuns(known.id, ids)
    say(`begun anew: ${ids.length === 1 ? 'its run leaves' : `its ${ids.length} runs leave`} the study and stay in the store`)
    return store.saveStudy(definition)
  }
  return known.runs.length === 0 ? store.saveStudy(definition) : store.saveStudy(goOn(known, plan, say))
}

function goOn(known: Study, { definition }: StudyPlan, say: (line: string) => void): StudyDefinition {
  const { changed, added, gone, addedSeeds, goneSeeds } = compareDefinitions(known, definition)
  const nothingStays = added.length === definition.variants.length
  if (changed.length > 0 || nothingStays) {
    const base = changed.find(({ isBaseline }) => isBaseline)
    const first = base ?? changed[0]
    const what = !first
      ? 'none of its variants is declared any more'
      : base
        ? `the base changed (${changesText(base.changes)})`
        : `"${first.label}" changed (${changesText(first.changes)})`
    const runs = known.runs.length === 1 ? 'Its run was' : `Its ${known.runs.length} runs were`
    throw new LossboardError(
      'invalid_argument',
      `study "${known.name}" is declared otherwise than before: ${what}. ${runs} trained with what it was: give it another name, or restart it (--restart, restart: true), which leaves them out`,
    )
  }
  const list = (variants: { label: string }[]) => variants.map(({ label }) => label).join(', ')
  const kept = gone.filter(({ key }) => known.runs.some(({ variant }) => variant === key))
  if (added.length > 0) say(`new since last time: ${list(added)}`)
  if (kept.length > 0) say(`no longer declared, kept with their runs: ${list(kept)}`)
  if (addedSeeds.length > 0) say(`new seeds: ${addedSeeds.join(', ')}`)
  if (goneSeeds.length > 0) say(`seeds no longer asked for, whose runs stay: ${goneSeeds.join(', ')}`)
  return { ...definition, variants: [...definition.variants, ...kept] }
}
