'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, Download } from 'lucide-react'
import { useRef } from 'react'
import { formatCount } from '../../core/format-number.ts'
import type { SeriesSummary } from '../../core/run.ts'
import { classNames } from '../_ui/class-names.ts'
import { MiddleText } from '../_ui/middle-text.tsx'
import { NumberText } from '../_ui/number-text.tsx'
import type { SeriesSort, SeriesSortKey } from './series-columns.ts'

const ROW = 28
const COLUMNS: { key: SeriesSortKey; label: string; title: string; width?: number }[] = [
  { key: 'name', label: 'Metric', title: 'Name of the metric' },
  { key: 'n', width: 72, label: 'n', title: 'Points on the newest line' },
  {
    key: 'superseded',
    width: 92,
    label: 'Superseded',
    title: 'Earlier points replaced at the same step or abandoned by a resume; kept in the store',
  },
  { key: 'nonFinite', width: 92, label: 'Non-finite', title: 'NaN and ±Inf among the n points' },
  { key: 'firstStep', width: 84, label: 'First step', title: 'Lowest step' },
  { key: 'lastStep', width: 84, label: 'Last step', title: 'Highest step' },
  { key: 'last', width: 104, label: 'Last', title: 'Value at the highest step' },
  { key: 'min', width: 160, label: 'Min @ step', title: 'Smallest finite value and the first step that reached it' },
  { key: 'max', width: 160, label: 'Max @ step', title: 'Largest finite value and the first step that reached it' },
  { key: 'mean', width: 104, label: 'Mean', title: 'Mean of the finite values' },
]
interface SeriesTableProps {
  runId: string
  series: SeriesSummary[]
  sort: SeriesSort
  onSort: (sort: SeriesSort) => void
}

/** One row per metric; only the rows in view exist, so thousands stay smooth. */
export function SeriesTable({ runId, series, sort, onSort }: SeriesTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({ count: series.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 })
  const rows = virtualizer.getVirtualItems()
  const before = rows[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0)
  return (
    <div ref={scroller} data-testid="series-table" className="max-h-[70dvh] overflow-auto rounded border border-border text-sm">
      <table aria-label="Metrics" aria-rowcount={series.length + 1} className="w-full min-w-[1180px] table-fixed border-separate border-spacing-0">
        <colgroup>
          <col />
          {COLUMNS.slice(1).map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
          <col style={{ width: 36 }} />
        </colgroup>
        <thead>
          <tr className="h-8 text-xs">
            {COLUMNS.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
            <th className="sticky top-0 z-10 border-b border-border bg-surface" aria-label="Export" />
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr style={{ height: before }} /> : null}
          {rows.map((item) => {
            const one = series[item.index]
            return one ? <Row key={one.name} runId={runId} one={one} index={item.index} /> : null
          })}
          {after > 0 ? <tr style={{ height: after }} /> : null}
        </tbody>
      </table>
      {series.length === 0 ? <p className="px-3 py-2 text-faint">No metric matches.</p> : null}
    </div>
  )
}

function Heading({ column, sort, onSort }: { column: (typeof COLUMNS)[number]; sort: SeriesSort; onSort: (sort: SeriesSort) => void }) {
  const active = sort.key === column.key
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <th
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      className={classNames(
        'sticky top-0 z-10 border-b border-border bg-surface px-2 font-normal',
        column.key === 'name' ? 'pl-3 text-left' : 'text-right',
      )}
    >
      <button
        type="button"
        title={column.title}
        className={classNames(
          'inline-flex items-center gap-0.5 whitespace-nowrap',
          active ? 'font-semibold text-text' : 'text-muted hover:text-text',
        )}
        onClick={() => onSort({ key: column.key, descending: active ? !sort.descending : column.key !== 'name' })}
      >
        {active ? <Arrow size={11} aria-hidden /> : null}
        {column.label}
      </button>
    </th>
  )
}

const CELL = 'border-b border-border px-2'
const NUMBER = `${CELL} text-right`

function Row({ runId, one, index }: { runId: string; one: SeriesSummary; index: number }) {
  return (
    <tr aria-rowindex={index + 2} className="hover:bg-surface-hover" style={{ height: ROW }}>
      <td className={classNames(CELL, 'max-w-0 pl-3 text-left')}>
        <MiddleText text={one.name} className="flex" />
      </td>
      <Count value={one.n} />
      <Count value={one.superseded} quiet />
      <Count value={one.nonFinite} quiet danger />
      <Count value={one.firstStep} />
      <Count value={one.lastStep} />
      <td className={NUMBER}>
        <NumberText value={one.last} digits={6} />
      </td>
      <Extreme value={one.min} step={one.minStep} />
      <Extreme value={one.max} step={one.maxStep} />
      <td className={NUMBER}>
        <Finite value={one.mean} />
      </td>
      <td className={CELL}>
        <a
          href={`/api/export?${new URLSearchParams({ run: runId, format: 'csv', metric: one.name })}`}
          aria-label={`Export ${one.name} as CSV`}
          title="Export as CSV"
          className="flex justify-center text-faint hover:text-text"
        >
          <Download size={13} />
        </a>
      </td>
    </tr>
  )
}

function Count({ value, quiet, danger }: { value: number; quiet?: boolean; danger?: boolean }) {
  return (
    <td className={classNames(NUMBER, 'num', quiet && value === 0 && 'text-faint', danger && value > 0 && 'font-semibold text-danger')}>
      {formatCount(value)}
    </td>
  )
}

/** Figures over finite values are NaN when there is none: that is no logged NaN, so a dash stands for it. */
function Finite({ value }: { value: number }) {
  return Number.isNaN(value) ? (
    <span className="text-faint" title="No finite value">
      –
    </span>
  ) : (
    <NumberText value={value} digits={6} />
  )
}

function Extreme({ value, step }: { value: number; step: number | null }) {
  return (
    <td className={classNames(NUMBER, 'whitespace-nowrap')}>
      <Finite value={value} />
      {step === null ? null : <span className="num text-faint"> @ {formatCount(step)}</span>}
    </td>
  )
}
