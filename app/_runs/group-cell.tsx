import { configText } from '../../core/config-diff.ts'
import { formatExactNumber, formatSpread } from '../../core/format-number.ts'
import type { Field } from '../../core/run-fields/field.ts'
import { fieldValue } from '../../core/run-fields/field-value.ts'
import type { RowGroup } from '../../core/run-fields/group-rows.ts'
import { groupSpread } from '../../core/run-fields/group-rows.ts'
import type { Spread } from '../../core/run-fields/spread.ts'
import { columnTitle } from './column-look.ts'
import type { TableRow } from './overview-rows.ts'
import { NO_VALUE } from './run-cell.tsx'

/** A column over the runs of a group: mean ± sample SD of a metric with its n, or what the runs have in common. */
export function GroupCell({ group, field }: { group: RowGroup<TableRow>; field: Field }) {
  if (field.kind === 'metric') return <SpreadCell spread={groupSpread(group.rows, field, 0)} field={field} />
  if (field.kind === 'run' && (field.name === 'created' || field.name === 'age' || field.name === 'duration')) return null
  return <CommonValue group={group} field={field} />
}

function SpreadCell({ spread, field }: { spread: Spread; field: Field }) {
  const { n, nonFinite, missing } = spread
  if (n + nonFinite === 0) return NO_VALUE
  const left = [nonFinite > 0 ? `${nonFinite} not finite, left out` : '', missing > 0 ? `${missing} without a value` : ''].filter(Boolean).join('; ')
  if (n === 0)
    return (
      <span className="font-semibold text-danger" title={`${columnTitle(field)}: none of ${nonFinite} values is finite`}>
        NaN <span className="num text-xs font-normal">n=0</span>
      </span>
    )
  const text = formatSpread(spread.mean, spread.sd)
  const title = `${columnTitle(field)}, over ${n} ${n === 1 ? 'run' : 'runs'}: mean ${formatExactNumber(spread.mean)}${spread.sd === null ? '' : `, sample SD ${formatExactNumber(spread.sd)}`}${left ? ` (${left})` : ''}`
  return (
    // In a narrow column dots say that it is cut: a number without its first or last digits would be another number.
    <span className="num min-w-0 truncate" title={title}>
      <span className="font-medium">{text.mean}</span>
      {text.sd === null ? null : <span className="text-muted"> ± {text.sd}</span>}
      <span className="text-xs text-faint"> n={n}</span>
      {nonFinite > 0 ? <span className="text-xs text-danger"> +{nonFinite} NaN</span> : null}
    </span>
  )
}

function CommonValue({ group, field }: { group: RowGroup<TableRow>; field: Field }) {
  const values = new Map(group.rows.map((row) => [JSON.stringify(fieldValue(row, field, 0)) ?? '', fieldValue(row, field, 0)]))
  if (values.size !== 1) return <span className="whitespace-nowrap text-faint">{values.size} values</span>
  const [value] = values.values()
  if (value === undefined || value === null) return NO_VALUE
  return <span className="truncate">{Array.isArray(value) ? value.join(', ') : configText(value)}</span>
}
