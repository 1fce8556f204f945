import { type Field, RUN_FIELDS } from '../../core/run-fields/field.ts'
import type { TableItem } from './table-items.ts'

/** How a field is drawn as a column. */
export interface ColumnLook {
  label: string
  /** Second part of the heading, quieter: which figure of a metric. */
  suffix: string | null
  width: number
  align: 'left' | 'right'
}

const WIDTHS: Partial<Record<string, number>> = {
  status: 124,
  project: 120,
  tag: 150,
  group: 120,
  job: 90,
  created: 96,
  age: 90,
  duration: 84,
  steps: 76,
  seed: 60,
  finding: 190,
  severity: 90,
  notes: 180,
  number: 56,
  attempt: 70,
  dropped: 110,
  host: 120,
  id: 130,
}
const RIGHT = new Set(['number', 'steps', 'seed', 'attempt', 'dropped', 'duration', 'age'])
export const NAME_WIDTH = 270

export function columnLook(field: Field): ColumnLook {
  if (field.kind === 'run')
    return { label: RUN_FIELDS[field.name].label, suffix: null, width: WIDTHS[field.name] ?? 100, align: RIGHT.has(field.name) ? 'right' : 'left' }
  const label = field.kind === 'metric' ? field.name : field.key
  // Wide enough for its heading within reason; figures of a metric need about 90 pixels.
  const width = Math.min(190, Math.max(field.kind === 'metric' ? 104 : 84, label.length * 6.6 + (field.kind === 'metric' ? 50 : 30)))
  return { label, suffix: field.kind === 'metric' ? field.figure : null, width: Math.round(width), align: field.kind === 'metric' ? 'right' : 'left' }
}

/** `0.9350 ± 0.0160 n=20 +1 NaN` needs more room than one value. */
const GROUPED_METRIC_WIDTH = 204

/** Width until someone drags it; in a grouped table metrics show mean and spread. */
export function defaultWidth(field: Field, grouped: boolean): number {
  const { width } = columnLook(field)
  return grouped && field.kind === 'metric' ? Math.max(width, GROUPED_METRIC_WIDTH) : width
}

/** Said in full, for titles and screen readers. */
export function columnTitle(field: Field): string {
  if (field.kind === 'run') return RUN_FIELDS[field.name].label
  if (field.kind === 'config') return `config.${field.key}`
  const figures = { last: 'value at the last step', min: 'lowest finite value', max: 'highest finite value' }
  return `${field.name}: ${figures[field.figure]}`
}

/** Numbers stand on the right. A config key is a number when the first run that has it says so. */
export function columnAlign(field: Field, items: readonly TableItem[]): 'left' | 'right' {
  if (field.kind !== 'config') return columnLook(field).align
  for (const item of items) {
    const rows = item.kind === 'run' ? [item.row] : item.group.rows
    const row = rows.find((one) => one.config.has(field.key))
    if (row) return typeof row.config.get(field.key) === 'number' ? 'right' : 'left'
  }
  return 'left'
}
