import { analyseStudy } from '../../core/ablation/analyse-study.ts'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import type { Store } from '../../db/store.ts'
import { StudyFacts } from './study-facts.ts'

export interface StudyAnswer {
  study: Study
  /** The saved settings with the overrides of this question. */
  settings: TableSettings
  result: StudyResult
}

const factsOf = new WeakMap<Store, StudyFacts>()

/** One memory of facts per open store. */
export function studyFacts(store: Store): StudyFacts {
  const known = factsOf.get(store) ?? new StudyFacts(store)
  factsOf.set(store, known)
  return known
}

/** A study with its numbers. `reference`: id, or name when unique. Throws `not_found`. */
export async function studyAnswer(
  store: Store,
  reference: string,
  { project, overrides = {} }: { project?: string | undefined; overrides?: Partial<TableSettings> } = {},
): Promise<StudyAnswer> {
  const study = await store.study(reference, project)
  const settings = { ...study.settings, ...overrides }
  const facts = await studyFacts(store).of(
    study.runs.map(({ runId }) => runId),
    study.metrics,
  )
  return { study, settings, result: analyseStudy(study, facts, settings) }
}
