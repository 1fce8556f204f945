import { findStudy } from '../../core/ablation/find-study.ts'
import type { Study, StudyDefinition, StudyMetric, StudyRun } from '../../core/ablation/study.ts'
import { LossboardError } from '../../core/errors.ts'
import { goalFor } from '../../core/metric-rule.ts'
import type { Store } from '../../db/store.ts'
import { studyFacts } from './study-answer.ts'

export interface StudyFromRuns {
  name: string
  project: string
  runIds: string[]
  metrics: StudyMetric[]
  /** Key of a variant or id of a run; null: chosen. */
  baseline: string | null
  /** Patterns of config keys that are not compared; undefined: the usual bookkeeping keys. */
  ignore: string[] | undefined
}

/** Makes a study of existing runs; nothing is written. Runs that are gone are refused by name, not left out. */
export async function studyFromRuns(store: Store, input: StudyFromRuns): Promise<{ definition: StudyDefinition; runs: StudyRun[] }> {
  const ids = [...new Set(input.runIds)]
  const facts = await studyFacts(store).of(ids, input.metrics)
  const gone = ids.filter((id) => !facts.some((run) => run.id === id))
  if (gone.length > 0)
    throw new LossboardError('not_found', `${gone.length === 1 ? 'This run is' : 'These runs are'} not in the store: ${gone.slice(0, 5).join(', ')}`)
  const { name, project, metrics, baseline, ignore } = input
  return findStudy(facts, { name, project, metrics, baseline, ...(ignore ? { ignore } : {}) })
}

/** Changes of a study made on its page. What is left out stays. */
export interface StudyChange {
  metrics?: StudyMetric[] | undefined
  baseline?: string | undefined
  ignore?: string[] | undefined
  runIds?: string[] | undefined
}

/** Applies changes: a found study is found anew with them; of a declared one the code decides all but how metrics are read. */
export async function changeStudy(store: Store, study: Study, { metrics, baseline, ignore, runIds }: StudyChange): Promise<Study> {
  if (study.origin === 'declared') {
    if (baseline !== undefined || ignore !== undefined || runIds !== undefined)
      throw new LossboardError('invalid_argument', `study "${study.name}" is declared in code: its baseline, factors and runs are changed there`)
    return metrics ? store.saveStudy({ ...definitionOf(study), metrics }) : study
  }
  const wanted = runIds ?? study.runs.map(({ runId }) => runId)
  const present = runIds ? wanted : (await Promise.all(wanted.map((id) => store.run(id)))).flatMap((run) => run?.id ?? [])
  const found = await studyFromRuns(store, {
    name: study.name,
    project: study.project,
    runIds: present,
    metrics: metrics ?? study.metrics,
    baseline: baseline ?? study.baseline,
    ignore: ignore ?? study.ignorePatterns,
  })
  return writeStudy(store, found, study)
}

/** Saves a definition with exactly these runs. */
export async function writeStudy(
  store: Store,
  found: { definition: StudyDefinition; runs: StudyRun[] },
  before: Study | null = null,
): Promise<Study> {
  const saved = await store.saveStudy(found.definition)
  const staying = new Set(found.runs.map(({ runId }) => runId))
  const dropped = (before ?? saved).runs.flatMap(({ runId }) => (staying.has(runId) ? [] : [runId]))
  if (dropped.length > 0) await store.dropStudyRuns(saved.id, dropped)
  return store.addStudyRuns(saved.id, found.runs)
}

function definitionOf({
  id: _id,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  runs: _runs,
  settings: _settings,
  ...definition
}: Study): StudyDefinition {
  return definition
}

export interface MetricSuggestion {
  metric: StudyMetric
  /** Of the asked runs, how many have it. */
  runs: number
  /** Most points that one of them has of it: a metric with one has no curve. */
  points: number
}

const FRACTION_NAMES = /accuracy|recall|precision|top-?\d/i

/** Metrics of the runs that a table may show, the likeliest first: test before validation before training, the more runs the better. */
export async function suggestMetrics(store: Store, runIds: string[]): Promise<MetricSuggestion[]> {
  const seen = new Map<string, { runs: number; points: number; largest: number; goal: StudyMetric['goal'] | null }>()
  for (const id of runIds) {
    const rules = await store.rules(id)
    for (const { name, n, max } of await store.series(id)) {
      if (name.startsWith('system/') || name === 'epoch' || name === 'lr') continue
      const known = seen.get(name) ?? { runs: 0, points: 0, largest: 0, goal: null }
      seen.set(name, {
        runs: known.runs + 1,
        points: Math.max(known.points, n),
        largest: Math.max(known.largest, Number.isFinite(max) ? max : 0),
        goal: known.goal ?? goalFor(rules, name),
      })
    }
  }
  return [...seen]
    .flatMap(([name, { runs, points, largest, goal }]): MetricSuggestion[] => {
      if (goal === null) return []
      const unit = FRACTION_NAMES.test(name) && largest <= 1 ? '%' : null
      return [{ runs, points, metric: { name, label: null, goal, unit, digits: unit === '%' ? 2 : 'uncertainty', aggregate: { kind: 'last' } } }]
    })
    .sort((a, b) => place(a.metric.name) - place(b.metric.name) || b.runs - a.runs || (a.metric.name < b.metric.name ? -1 : 1))
}

function place(name: string): number {
  const split = ['test/', 'val/', 'valid', 'eval', 'train/'].findIndex((start) => name.toLowerCase().startsWith(start))
  return (split < 0 ? 3.5 : split) + (/accuracy|f1/i.test(name) ? 0 : 0.25)
}
