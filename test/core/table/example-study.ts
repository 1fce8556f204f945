import { analyseStudy } from '../../../core/ablation/analyse-study.ts'
import type { StudyRunFacts } from '../../../core/ablation/run-facts.ts'
import type { StudyChange, StudyDefinition, StudyMetric, StudyRun } from '../../../core/ablation/study.ts'
import type { StudyResult } from '../../../core/ablation/study-result.ts'
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from '../../../core/ablation/table-settings.ts'
import { buildTable } from '../../../core/table/build-table.ts'
import { cellText, type TableDocument } from '../../../core/table/table-document.ts'

export const ACCURACY: StudyMetric = { name: 'test/accuracy', label: null, goal: 'max', unit: '%', digits: 2, aggregate: { kind: 'last' } }
export const LOSS: StudyMetric = { name: 'test/loss', label: null, goal: 'min', unit: null, digits: 'uncertainty', aggregate: { kind: 'last' } }

export interface ExampleRow {
  key: string
  label?: string
  changes?: StudyChange[]
  /** By metric name: one value per seed; null: the run failed. */
  values: Record<string, (number | null)[]>
}

const change = (path: string): StudyChange => ({ path, from: true, to: false, folded: [] })

/** Accuracies with shared seeds 0 to 4, the first row the baseline. */
export const ROWS: ExampleRow[] = [
  {
    key: 'full',
    label: 'Full model',
    values: { 'test/accuracy': [0.9431, 0.9445, 0.9412, 0.9427, 0.942], 'test/loss': [0.21, 0.2, 0.22, 0.215, 0.219] },
  },
  {
    key: 'attention',
    label: 'w/o attention',
    changes: [change('attention')],
    values: { 'test/accuracy': [0.9262, 0.9281, 0.9265, 0.9271, 0.9266], 'test/loss': [0.29, 0.28, 0.3, 0.31, 0.27] },
  },
  {
    key: 'dropout',
    label: 'w/o dropout',
    changes: [change('dropout')],
    values: { 'test/accuracy': [0.9428, 0.9445, 0.9413, 0.9424, 0.9421], 'test/loss': [0.22, 0.21, 0.22, 0.21, 0.225] },
  },
]

export function exampleResult(rows: ExampleRow[], metrics: StudyMetric[], settings: TableSettings): StudyResult {
  const runs: StudyRun[] = []
  const facts: StudyRunFacts[] = []
  for (const { key, values } of rows) {
    const seeds = Math.max(...Object.values(values).map((list) => list.length))
    for (let seed = 0; seed < seeds; seed++) {
      const runId = `${key}-${seed}`
      const failed = Object.values(values).every((list) => list[seed] === null)
      runs.push({ runId, variant: key, seed })
      facts.push({
        id: runId,
        name: runId,
        status: failed ? 'failed' : 'finished',
        tags: [],
        startedAt: seed,
        config: {},
        seed,
        epochs: 5,
        steps: 1000,
        dataHash: 'same',
        commit: 'abc',
        dirty: false,
        parameters: 52_310,
        flops: 1_234_567,
        seconds: 61.25,
        values: Object.fromEntries(
          Object.entries(values).map(([name, list]) => {
            const value = list[seed]
            return [
              name,
              typeof value === 'number' ? { value, step: 999, note: null } : { value: null, reason: 'no-series', note: `It has no ${name}.` },
            ]
          }),
        ),
        goals: {},
      })
    }
  }
  const definition: StudyDefinition & { runs: StudyRun[] } = {
    name: 'What attention is worth',
    project: 'cifar',
    origin: 'declared',
    shape: 'star',
    metrics,
    baseline: rows[0]?.key ?? '',
    baselineReason: 'Declared.',
    variants: rows.map(({ key, label, changes }) => ({ key, label: label ?? key, changes: changes ?? [], config: null })),
    seeds: null,
    ignored: [],
    runs,
  }
  return analyseStudy(definition, facts, settings)
}

export function exampleTable(rows: ExampleRow[] = ROWS, metrics: StudyMetric[] = [ACCURACY], more: Partial<TableSettings> = {}): TableDocument {
  const settings = { ...DEFAULT_TABLE_SETTINGS, ...more }
  return buildTable({ name: 'What attention is worth', project: 'cifar' }, exampleResult(rows, metrics, settings), settings)
}

/** Rows as plain text; groups and rules as one word. */
export function textRows({ lines }: TableDocument): string[][] {
  return lines.map((line) => (line.kind === 'row' ? line.cells.map(cellText) : [line.kind === 'group' ? `# ${line.title}` : '---']))
}
