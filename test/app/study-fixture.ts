import { analyseStudy } from '../../core/ablation/analyse-study.ts'
import { findStudy } from '../../core/ablation/find-study.ts'
import type { StudyRunFacts } from '../../core/ablation/run-facts.ts'
import type { Study, StudyMetric } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from '../../core/ablation/table-settings.ts'
import type { JsonObject } from '../../core/run.ts'

export const ACCURACY: StudyMetric = { name: 'test/accuracy', label: null, goal: 'max', unit: '%', digits: 2, aggregate: { kind: 'last' } }

export interface GivenRun {
  id: string
  config: JsonObject
  seed: number | null
  /** Null: the run failed. */
  value: number | null
}

/** A study of these runs, analysed for real. */
export function studyOf(
  given: readonly GivenRun[],
  settings: Partial<TableSettings> = {},
  baseline: string | null = null,
): { study: Study; result: StudyResult; settings: TableSettings } {
  const facts = given.map(({ id, config, seed, value }, at): StudyRunFacts => {
    const found: StudyRunFacts['values'][string] =
      value === null ? { value: null, reason: 'no-series', note: 'none' } : { value, step: 10, note: null }
    return {
      id,
      name: `run ${id}`,
      status: value === null ? 'failed' : 'finished',
      tags: [],
      startedAt: at,
      config,
      seed,
      epochs: 1,
      steps: 10,
      dataHash: null,
      commit: null,
      dirty: null,
      parameters: null,
      flops: null,
      seconds: 1,
      values: { [ACCURACY.name]: found },
      goals: { [ACCURACY.name]: 'max' },
    }
  })
  const { definition, runs } = findStudy(facts, { name: 'parts', project: 'test', metrics: [ACCURACY], baseline })
  const whole = { ...DEFAULT_TABLE_SETTINGS, ...settings }
  const study: Study = { ...definition, id: 'study-1', createdAt: 0, updatedAt: 0, runs, settings: whole }
  return { study, result: analyseStudy({ ...definition, runs }, facts, whole), settings: whole }
}

/** A base and three variants that each lack a part, over three seeds. */
export function starRuns(values: Record<string, (number | null)[]> = {}): GivenRun[] {
  const base = { attention: true, norm: true, dropout: true }
  const usual: Record<string, (number | null)[]> = {
    base: [0.9, 0.92, 0.91],
    attention: [0.8, 0.83, 0.81],
    norm: [0.86, 0.87, 0.88],
    dropout: [0.9, 0.91, 0.92],
    ...values,
  }
  return Object.entries(usual).flatMap(([part, list]) =>
    list.map((value, seed) => ({ id: `${part}-${seed}`, config: part === 'base' ? base : { ...base, [part]: false }, seed, value })),
  )
}
