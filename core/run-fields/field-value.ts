import type { Json } from '../run.ts'
import type { Field, RunField } from './field.ts'
import type { RunRow } from './run-row.ts'

/** `undefined`: the run has none. Times and durations are milliseconds. */
export type FieldValue = Json | undefined

/** What the row says for the field. `now` (ms since epoch) ends the duration of running runs. */
export function fieldValue(row: RunRow, field: Field, now: number): FieldValue {
  if (field.kind === 'metric') return row.metric(field.name, field.figure)
  if (field.kind === 'config') return row.config.get(field.key)
  return READERS[field.name](row, now)
}

const READERS: Record<RunField, (row: RunRow, now: number) => FieldValue> = {
  name: ({ run }) => run.name,
  status: ({ run }) => run.status,
  project: ({ run }) => run.project,
  tag: ({ run }) => (run.tags.length > 0 ? run.tags : undefined),
  group: ({ run }) => run.group ?? undefined,
  job: ({ run }) => run.jobType ?? undefined,
  created: ({ run }) => run.startedAt,
  age: ({ run }, now) => now - run.startedAt,
  duration: ({ run }, now) => runEnd(run.status, run.endedAt, run.heartbeatAt, now) - run.startedAt,
  steps: ({ steps }) => steps ?? undefined,
  finding: ({ findings }) => (findings && findings.rules.length > 0 ? findings.rules : undefined),
  severity: ({ findings }) => (findings ? (findings.severity ?? 'none') : undefined),
  seed: ({ run }) => run.seed ?? undefined,
  notes: ({ run }) => run.notes || undefined,
  number: ({ run }) => run.number,
  attempt: ({ run }) => run.attempt,
  dropped: ({ run }) => run.droppedPoints,
  host: ({ run }) => run.environment.host,
  id: ({ run }) => run.id,
}

/** When the run stopped (ms since epoch): a crashed run wrote no end, its last heartbeat stands for it. */
export function runEnd(status: string, endedAt: number | null, heartbeatAt: number, now: number): number {
  return endedAt ?? (status === 'running' ? now : heartbeatAt)
}
