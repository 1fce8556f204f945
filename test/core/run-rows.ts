import { flattenConfig } from '../../core/config-diff.ts'
import type { Vocabulary } from '../../core/filter/vocabulary.ts'
import type { JsonObject, Run } from '../../core/run.ts'
import type { RunRow } from '../../core/run-fields/run-row.ts'

type Parts = Partial<Omit<Run, 'config'>> & {
  config?: JsonObject
  metrics?: Record<string, [last: number, min: number, max: number]>
  findings?: RunRow['findings']
}

/** A run of one hour started 2026-03-05 09:00 local time, as the table sees it. */
export function makeRow({ metrics = {}, findings, ...parts }: Parts = {}): RunRow {
  const startedAt = Date.parse('2026-03-05T09:00:00')
  const number = parts.number ?? 1
  const run: Run = {
    id: `run-${number}`,
    project: 'mnist',
    name: `run-${number}`,
    number,
    group: null,
    jobType: null,
    tags: [],
    notes: '',
    status: 'finished',
    statusReason: null,
    archived: false,
    startedAt,
    heartbeatAt: startedAt + 3_600_000,
    endedAt: startedAt + 3_600_000,
    config: {},
    summary: {},
    environment: {},
    seed: null,
    parentId: null,
    forkStep: null,
    attempt: 1,
    droppedPoints: 0,
    writerVersion: '0.1.0',
    rev: 1,
    ...parts,
  }
  return {
    run,
    config: flattenConfig(run.config),
    findings,
    metric: (name, figure) => metrics[name]?.[{ last: 0, min: 1, max: 2 }[figure]],
    steps: Object.keys(metrics).length > 0 ? 1_000 : null,
  }
}

export const VOCABULARY: Vocabulary = {
  configKeys: new Set(['lr', 'model.kind', 'model.depth', 'note', 'big']),
  metrics: new Map([
    ['val/accuracy', 'max'],
    ['train/loss', 'min'],
    ['lonely', null],
  ]),
}
