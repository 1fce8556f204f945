import { canonicalJson } from '../config-diff.ts'
import type { JsonObject, Run, SeriesSummary } from '../run.ts'
import { aggregateRun, type SeriesPoints } from './aggregate-run.ts'
import type { StudyRunFacts } from './run-facts.ts'
import type { StudyMetric } from './study.ts'

export interface StudyRunInput {
  /** As shown (core/as-shown.ts), so that a silent run is `crashed`. */
  run: Run
  summaries: readonly SeriesSummary[]
  /** Newest line of the series that `pointsNeeded` names; null for others. */
  points: (name: string) => SeriesPoints | null
  /** Payload of the run's `data` record (kind `facts`); null when there is none. */
  data: JsonObject | null
}

/** Reduces a run of the store to what a study needs. */
export function studyRunFacts({ run, summaries, points, data }: StudyRunInput, metrics: readonly StudyMetric[]): StudyRunFacts {
  const byName = new Map(summaries.map((summary) => [summary.name, summary]))
  const series = { summary: (name: string) => byName.get(name) ?? null, points }
  const trained = summaries.filter(({ name, n }) => n > 0 && !name.startsWith('system/'))
  const epoch = byName.get('epoch')?.last
  const { git } = run.environment
  return {
    id: run.id,
    name: run.name,
    status: run.status,
    tags: run.tags,
    startedAt: run.startedAt,
    config: run.config,
    seed: run.seed,
    epochs: epoch !== undefined && Number.isFinite(epoch) ? epoch : null,
    steps: trained.length === 0 ? null : Math.max(...trained.map(({ lastStep }) => lastStep)),
    dataHash: dataHash(data),
    commit: git?.commit ?? null,
    dirty: git?.dirty ?? null,
    parameters: numberIn(run.summary, 'parameters'),
    flops: numberIn(run.summary, 'flops'),
    seconds: numberIn(run.summary, 'trainingSeconds') ?? (run.endedAt === null ? null : (run.endedAt - run.startedAt) / 1000),
    values: Object.fromEntries(metrics.map((metric) => [metric.name, aggregateRun(metric, series)])),
    goals: Object.fromEntries(metrics.map(({ name }) => [name, byName.get(name)?.goal ?? null])),
  }
}

/** The hashes of the splits, as one text. */
function dataHash(data: JsonObject | null): string | null {
  const hashes = data?.hashes
  return hashes === undefined || hashes === null ? null : canonicalJson(hashes)
}

function numberIn(summary: JsonObject, key: string): number | null {
  const value = summary[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
