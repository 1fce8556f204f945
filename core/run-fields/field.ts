/** A thing every row of the runs table can be asked for: shown as a column, sorted by, filtered on, grouped by. */
export type Field = { kind: 'run'; name: RunField } | { kind: 'config'; key: string } | { kind: 'metric'; name: string; figure: Figure }

/** Which single number stands for a series: the value at the highest step, or the extreme over its finite values. */
export type Figure = 'last' | 'min' | 'max'

/** `rank`: words with an order, the ones of `SEVERITY_RANKS`. */
export type FieldType = 'text' | 'choice' | 'list' | 'rank' | 'number' | 'duration' | 'time'

/** What a run is asked for by name, apart from its config and metrics. `choice` matches whole values, `text` any part. */
export const RUN_FIELDS = {
  name: { label: 'Name', type: 'text', help: 'part of the name' },
  status: { label: 'Status', type: 'choice', help: 'running, finished, failed, crashed, interrupted' },
  project: { label: 'Project', type: 'choice', help: 'project it belongs to' },
  tag: { label: 'Tags', type: 'list', help: 'one of its tags' },
  group: { label: 'Group', type: 'choice', help: 'group given at init' },
  job: { label: 'Job type', type: 'choice', help: 'job type given at init' },
  created: { label: 'Created', type: 'time', help: 'start, e.g. created > 2026-03-01' },
  age: { label: 'Age', type: 'duration', help: 'time since start, e.g. age < 2d' },
  duration: { label: 'Duration', type: 'duration', help: 'how long it ran, e.g. duration > 1h' },
  steps: { label: 'Steps', type: 'number', help: 'highest step of the metrics read' },
  seed: { label: 'Seed', type: 'number', help: 'random seed' },
  finding: { label: 'Findings', type: 'list', help: 'one of the things found wrong, e.g. finding:overfitting' },
  severity: { label: 'Severity', type: 'rank', help: 'of the worst finding: severity >= warning' },
  notes: { label: 'Notes', type: 'text', help: 'part of the notes' },
  number: { label: '#', type: 'number', help: 'display number' },
  attempt: { label: 'Attempt', type: 'number', help: 'times it was started' },
  dropped: { label: 'Dropped points', type: 'number', help: 'points the logger lost' },
  host: { label: 'Host', type: 'choice', help: 'machine it ran on' },
  id: { label: 'Id', type: 'choice', help: 'unique id' },
} as const satisfies Record<string, { label: string; type: FieldType; help: string }>

export type RunField = keyof typeof RUN_FIELDS

/** Severities of the worst finding, from nothing found up. */
export const SEVERITY_RANKS = ['none', 'info', 'warning', 'critical'] as const

/** Place of such a word; −1 for any other. */
export function severityRank(word: unknown): number {
  return (SEVERITY_RANKS as readonly unknown[]).indexOf(word)
}

const ALIASES: Record<string, RunField> = {
  tags: 'tag',
  started: 'created',
  runtime: 'duration',
  findings: 'finding',
  'finding.severity': 'severity',
}
const FIGURE_CALL = /^(last|min|max)\((.+)\)$/

/** The run field of that name or alias; null when there is none. */
export function runFieldNamed(name: string): RunField | null {
  const lower = name.toLowerCase()
  return Object.hasOwn(RUN_FIELDS, lower) ? (lower as RunField) : (ALIASES[lower] ?? null)
}

/** Text that stands for the field in addresses and stored settings; `parseField` reads it back. */
export function fieldId(field: Field): string {
  if (field.kind === 'run') return field.name
  return field.kind === 'config' ? `config.${field.key}` : `${field.figure}(${field.name})`
}

/** Inverse of `fieldId`; null for anything else, such as a mistyped address. */
export function parseField(id: string): Field | null {
  const call = FIGURE_CALL.exec(id)
  if (call) return { kind: 'metric', figure: call[1] as Figure, name: call[2] ?? '' }
  if (id.startsWith('config.') && id.length > 7) return { kind: 'config', key: id.slice(7) }
  return Object.hasOwn(RUN_FIELDS, id) ? { kind: 'run', name: id as RunField } : null
}

export function fieldType(field: Field): FieldType | 'any' {
  if (field.kind === 'metric') return 'number'
  return field.kind === 'config' ? 'any' : RUN_FIELDS[field.name].type
}
