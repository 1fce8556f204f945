import type { FlushBatch, NewLink, NewRecord, RecordPruning, RunPatch } from '../flush-batch.ts'
import { checkMetricName } from '../metric-name.ts'
import { type MetricRule, RUN_STATUSES } from '../run.ts'
import { LINK_ROLES } from '../run-link.ts'
import { anything, checkFields, checkList, count, type FieldRule, finite, flag, numbers, object, oneOf, orNull, text, texts } from './check-fields.ts'

/** A record as it is listed; its blob stands elsewhere. */
export type ListedRecord = Omit<NewRecord, 'blob'> & { blobBytes?: number }

/** The parts of a batch that travel as JSON. */
export type Changes = Pick<FlushBatch, 'prune' | 'links' | 'patch' | 'rules'>

type Rules<Fields> = Record<keyof Required<Fields>, FieldRule>
const optional = (check: FieldRule['check']): FieldRule => ({ check, optional: true })

const metricName: FieldRule = {
  check: (value) => {
    checkMetricName(value)
    return null
  },
}

const RECORD: Rules<ListedRecord> = {
  name: metricName,
  kind: { check: text },
  step: { check: finite },
  wall: { check: finite },
  payload: { check: anything },
  blobBytes: optional(count),
  blobType: optional(text),
}

const PRUNE: Rules<RecordPruning> = { name: { check: text }, steps: { check: numbers } }

const LINK: Rules<NewLink> = {
  to: { check: text },
  role: { check: oneOf(LINK_ROLES) },
  step: { check: orNull(finite) },
  hash: { check: orNull(text) },
  detail: { check: object },
}

const METRIC_RULE: Rules<MetricRule> = {
  pattern: { check: text },
  step: optional(text),
  goal: optional(oneOf(['min', 'max'])),
  unit: optional(text),
}

const PATCH: Rules<RunPatch> = {
  name: optional(text),
  group: optional(orNull(text)),
  jobType: optional(orNull(text)),
  tags: optional(texts),
  notes: optional(text),
  archived: optional(flag),
  status: optional(oneOf(RUN_STATUSES)),
  statusReason: optional(orNull(text)),
  endedAt: optional(orNull(finite)),
  heartbeatAt: optional(finite),
  config: optional(object),
  summary: optional(object),
  mergeConfig: optional(object),
  mergeSummary: optional(object),
  environment: optional(object),
  droppedPoints: optional(count),
}

const list = (rules: Record<string, FieldRule>): FieldRule =>
  optional((value, path) => {
    checkList(value, path, (item, at) => checkFields(item, at, rules))
    return null
  })

const CHANGES: Rules<Changes> = {
  prune: list(PRUNE),
  links: list(LINK),
  rules: list(METRIC_RULE),
  patch: optional((value, path) => {
    checkFields(value, path, PATCH)
    return null
  }),
}

/** The list of records of a batch, or an error that names the field: `records[2].kind must be a text, got 3`. */
export function checkRecords(value: unknown): ListedRecord[] {
  checkList(value, 'records', (item, path) => checkFields(item, path, RECORD))
  return value as ListedRecord[]
}

/** The changes of a batch, or an error that names the field. */
export function checkChanges(value: unknown): Changes {
  checkFields(value, 'changes', CHANGES)
  return value as Changes
}
