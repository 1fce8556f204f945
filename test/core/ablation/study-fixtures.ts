import type { StudyRunFacts } from '../../../core/ablation/run-facts.ts'
import type { StudyChange, StudyDefinition, StudyMetric, StudyRun, StudyShape } from '../../../core/ablation/study.ts'
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from '../../../core/ablation/table-settings.ts'
import type { Computed } from '../../../core/stats/computed.ts'

export function must<T>(computed: Computed<T>): { defined: true } & T {
  if (!computed.defined) throw new Error(`${computed.code}: ${computed.reason}`)
  return computed
}

export function metric(name: string, more: Partial<StudyMetric> = {}): StudyMetric {
  return { name, label: null, goal: 'max', unit: null, digits: 2, aggregate: { kind: 'last' }, ...more }
}

/** A finished, unremarkable run. */
export function runFacts(id: string, values: Record<string, number | null>, more: Partial<StudyRunFacts> = {}): StudyRunFacts {
  return {
    id,
    name: `run-${id}`,
    status: 'finished',
    tags: [],
    startedAt: 0,
    config: {},
    seed: null,
    epochs: 5,
    steps: 100,
    dataHash: 'data',
    commit: 'abcdef0123',
    dirty: false,
    parameters: 1000,
    flops: 2000,
    seconds: 10,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value === null ? { value: null, reason: 'no-series' as const, note: `It has no ${name}.` } : { value, step: 100, note: null },
      ]),
    ),
    goals: {},
    ...more,
  }
}

export interface TestStudy {
  study: StudyDefinition & { runs: StudyRun[] }
  facts: StudyRunFacts[]
}

/** A study of one metric `acc`: values by variant, seeds 0, 1, 2 …; the first variant is the baseline. */
export function studyOf(
  values: Record<string, readonly number[]>,
  options: { shape?: StudyShape; changes?: Record<string, StudyChange[]>; metric?: StudyMetric } = {},
): TestStudy {
  const keys = Object.keys(values)
  const name = options.metric?.name ?? 'acc'
  const change = (key: string): StudyChange[] => [{ path: key, from: true, to: false, folded: [] }]
  const facts = keys.flatMap((key) => values[key]!.map((value, seed) => runFacts(`${key}-${seed}`, { [name]: value }, { seed })))
  return {
    study: {
      name: 'study',
      project: 'p',
      origin: 'found',
      shape: options.shape ?? 'star',
      metrics: [options.metric ?? metric(name)],
      baseline: keys[0]!,
      baselineReason: 'Chosen by hand.',
      variants: keys.map((key, i) => ({
        key,
        label: `label of ${key}`,
        changes: options.changes?.[key] ?? (i === 0 ? [] : change(key)),
        config: null,
      })),
      seeds: null,
      ignored: [],
      runs: keys.flatMap((key) => values[key]!.map((_, seed) => ({ runId: `${key}-${seed}`, variant: key, seed }))),
    },
    facts,
  }
}

export function settings(more: Partial<TableSettings> = {}): TableSettings {
  return { ...DEFAULT_TABLE_SETTINGS, ...more }
}
