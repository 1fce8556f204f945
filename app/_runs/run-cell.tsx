import { TriangleAlert } from 'lucide-react'
import { configText } from '../../core/config-diff.ts'
import { formatCount, formatExactNumber } from '../../core/format-number.ts'
import type { Json } from '../../core/run.ts'
import type { Field, RunField } from '../../core/run-fields/field.ts'
import { runEnd } from '../../core/run-fields/field-value.ts'
import { Badge } from '../_ui/badge.tsx'
import { NumberText } from '../_ui/number-text.tsx'
import { RunStatusLabel } from '../_ui/status-dot.tsx'
import { DurationText, TimeAgo } from '../_ui/time-text.tsx'
import { FindingsCell } from './findings-cell.tsx'
import type { TableRow } from './overview-rows.ts'

/** What a cell shows where a run has no value: a mark, so that it is not taken for an empty text. */
export const NO_VALUE = <span className="text-faint">–</span>

/** One value of one run. */
export function RunCell({ row, field }: { row: TableRow; field: Field }) {
  if (field.kind === 'metric') return <MetricCell row={row} name={field.name} figure={field.figure} />
  if (field.kind === 'config') return <ConfigCell value={row.config.get(field.key)} />
  return <OwnCell row={row} name={field.name} />
}

function MetricCell({ row, name, figure }: { row: TableRow; name: string; figure: 'last' | 'min' | 'max' }) {
  const value = row.metric(name, figure)
  const summary = row.summary(name)
  if (value === undefined || summary === null) return NO_VALUE
  const step = Number.isNaN(summary.step[figure]) ? '' : ` at step ${formatCount(summary.step[figure])}`
  const points = `${formatCount(summary.n)} ${summary.n === 1 ? 'point' : 'points'}`
  return (
    <span className="inline-flex min-w-0 items-center gap-1" title={`${name} ${figure}${step}: ${formatExactNumber(value)} (${points})`}>
      {summary.nonFinite > 0 ? (
        <span
          className="inline-flex items-center text-xs text-danger"
          title={`${formatCount(summary.nonFinite)} of ${points} are NaN or infinite${figure === 'last' ? '' : `; left out of ${figure}`}`}
        >
          <TriangleAlert size={11} aria-hidden />
          <span className="num">{formatCount(summary.nonFinite)}</span>
          <span className="sr-only"> not finite</span>
        </span>
      ) : null}
      {/* In a narrow column dots say that it is cut: a number without its first or last digits would be another number. */}
      <NumberText value={value} aligned className="min-w-0 truncate" />
    </span>
  )
}

function ConfigCell({ value }: { value: Json | undefined }) {
  if (value === undefined) return NO_VALUE
  if (typeof value === 'number') return <NumberText value={value} digits={6} className="min-w-0 truncate" />
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return <NumberText value={Number(value)} />
  const text = configText(value)
  return (
    <span className="truncate" title={text}>
      {text}
    </span>
  )
}

function OwnCell({ row, name }: { row: TableRow; name: RunField }) {
  const { run } = row
  switch (name) {
    case 'status':
      return <RunStatusLabel status={run.status} reason={run.statusReason} showReason />
    case 'tag':
      return run.tags.length === 0 ? NO_VALUE : <TagList tags={run.tags} />
    case 'finding':
      // Where nothing was logged nothing could be found.
      return row.findings?.severity === null && row.steps === null ? NO_VALUE : <FindingsCell brief={row.findings ?? null} />
    case 'severity':
      return <Text text={row.findings ? (row.findings.severity ?? 'none') : null} />
    case 'created':
      return <TimeAgo at={run.startedAt} className="num truncate text-muted" />
    case 'age':
      return <DurationText startedAt={run.startedAt} endedAt={null} className="num text-muted" />
    case 'duration':
      return (
        <DurationText
          startedAt={run.startedAt}
          endedAt={run.status === 'running' ? null : runEnd(run.status, run.endedAt, run.heartbeatAt, 0)}
          className="num text-muted"
        />
      )
    case 'steps':
      return row.steps === null ? NO_VALUE : <span className="num min-w-0 truncate">{formatCount(row.steps)}</span>
    case 'dropped':
      return <span className={run.droppedPoints > 0 ? 'num text-danger' : 'num text-faint'}>{formatCount(run.droppedPoints)}</span>
    case 'seed':
    case 'number':
    case 'attempt':
      return run[name] === null ? NO_VALUE : <span className="num">{run[name]}</span>
    default:
      return (
        <Text
          text={
            { name: run.name, project: run.project, group: run.group, job: run.jobType, notes: run.notes, host: run.environment.host, id: run.id }[
              name
            ]
          }
        />
      )
  }
}

function Text({ text }: { text: string | null | undefined }) {
  if (!text) return NO_VALUE
  return (
    <span className="truncate" title={text}>
      {text}
    </span>
  )
}

function TagList({ tags }: { tags: string[] }) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={tags.join(', ')}>
      {tags.map((tag) => (
        <Badge key={tag} className="max-w-28">
          <span className="truncate">{tag}</span>
        </Badge>
      ))}
    </span>
  )
}
