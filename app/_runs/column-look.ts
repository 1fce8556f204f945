import { type Field, fieldId, RUN_FIELDS } from '../../core/run-fields/field.ts'

/** How a field is drawn as a column. */
export interface ColumnLook {
  label: string
  /** Second part of the heading, quieter: which figure of a metric. */
  suffix: string | null
  width: number
  align: 'left' | 'right'
}

const WIDTHS: Partial<Record<string, number>> = {
  status: 104,
  project: 120,
  tag: 150,
  group: 120,
  job: 90,
  created: 96,
  age: 90,
  duration: 84,
  steps: 76,
  seed: 60,
  notes: 180,
  number: 56,
  attempt: 70,
  dropped: 110,
  host: 120,
  id: 130,
}
const RIGHT = new Set(['number', 'steps', 'seed', 'attempt', 'dropped', 'duration', 'age'])
export const NAME_WIDTH = 240

export function columnLook(field: Field): ColumnLook {
  if (field.kind === 'run')
    return { label: RUN_FIELDS[field.name].label, suffix: null, width: WIDTHS[field.name] ?? 100, align: RIGHT.has(field.name) ? 'right' : 'left' }
  const label = field.kind === 'metric' ? field.name : field.key
  // Wide enough for its heading within reason; figures of a metric need about 90 pixels.
  const width = Math.min(190, Math.max(field.kind === 'metric' ? 104 : 84, label.length * 6.6 + (field.kind === 'metric' ? 50 : 30)))
  return { label, suffix: field.kind === 'metric' ? field.figure : null, width: Math.round(width), align: field.kind === 'metric' ? 'right' : 'left' }
}

/** Said in full, for titles and screen readers. */
export function columnTitle(field: Field): string {
  if (field.kind === 'run') return RUN_FIELDS[field.name].label
  if (field.kind === 'config') return `config.${field.key}`
  const figures = { last: 'value at the last step', min: 'lowest finite value', max: 'highest finite value' }
  return `${field.name}: ${figures[field.figure]}`
}

export { fieldId as columnId }
