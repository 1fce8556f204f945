'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { Pin } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useRef } from 'react'
import { runColour } from '../../core/colour.ts'
import type { Run } from '../../core/run.ts'
import { classNames } from '../_ui/class-names.ts'
import { MiddleText } from '../_ui/middle-text.tsx'

const NAME_WIDTH = 220
const COLUMN_WIDTH = 190

export interface MatrixRow {
  key: string
  label: ReactNode
  /** Content for run `index` of `runs`. */
  cell: (index: number) => ReactNode
}

interface RunMatrixProps {
  runs: Run[]
  baselineId: string | null
  rows: MatrixRow[]
  rowHeight: number
  label: string
  corner: ReactNode
  testId: string
}

/** Rows by runs, with names and heads staying in view; only the cells in view exist, so 500 runs × 1,000 rows scroll smoothly. */
export function RunMatrix({ runs, baselineId, rows, rowHeight, label, corner, testId }: RunMatrixProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const down = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 })
  const across = useVirtualizer({
    horizontal: true,
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => COLUMN_WIDTH,
    overscan: 3,
    scrollPaddingStart: NAME_WIDTH,
  })
  const columns = across.getVirtualItems()
  const shown = down.getVirtualItems()
  const left = columns[0]?.start ?? 0
  const right = across.getTotalSize() - (columns.at(-1)?.end ?? 0)
  const above = shown[0]?.start ?? 0
  const below = down.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <div
      ref={scroller}
      data-testid={testId}
      className="max-h-[max(320px,calc(100dvh-12rem))] w-fit max-w-full overflow-auto rounded border border-border text-sm [--name-width:220px] max-sm:[--name-width:130px]"
    >
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={runs.length + 1}
        className="table-fixed border-separate border-spacing-0"
        style={{ width: `calc(var(--name-width) + ${across.getTotalSize()}px)` }}
      >
        <colgroup>
          <col className="w-(--name-width)" />
          <col style={{ width: left }} />
          {columns.map((column) => (
            <col key={column.key} style={{ width: COLUMN_WIDTH }} />
          ))}
          <col style={{ width: right }} />
        </colgroup>
        <thead>
          <tr className="h-[34px]">
            <th scope="col" className={classNames(HEAD, 'left-0 z-30 border-r px-3 text-xs font-normal text-muted')}>
              {corner}
            </th>
            <th aria-hidden className={classNames(HEAD, 'z-20 p-0')} />
            {columns.map((column) => {
              const run = runs[column.index]
              return run ? <Head key={run.id} run={run} index={column.index} baseline={run.id === baselineId} /> : null
            })}
            <th aria-hidden className={classNames(HEAD, 'z-20 p-0')} />
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <tr aria-hidden style={{ height: above }} /> : null}
          {shown.map((item) => {
            const row = rows[item.index]
            return row ? (
              <tr key={row.key} aria-rowindex={item.index + 2} className="group" style={{ height: rowHeight }}>
                <th
                  scope="row"
                  className="sticky left-0 z-10 max-w-0 border-r border-b border-border bg-background px-3 text-left font-normal group-hover:bg-surface-hover"
                >
                  <span className="flex min-w-0">{row.label}</span>
                </th>
                <td aria-hidden className="p-0" />
                {columns.map((column) => (
                  <td key={column.key} aria-colindex={column.index + 2} className="max-w-0 border-b border-border px-3 group-hover:bg-surface-hover">
                    <span className="flex min-w-0">{row.cell(column.index)}</span>
                  </td>
                ))}
                <td aria-hidden className="p-0" />
              </tr>
            ) : null
          })}
          {below > 0 ? <tr aria-hidden style={{ height: below }} /> : null}
        </tbody>
      </table>
    </div>
  )
}

const HEAD = 'sticky top-0 border-b border-border bg-surface text-left'

function Head({ run, index, baseline }: { run: Run; index: number; baseline: boolean }) {
  return (
    <th scope="col" aria-colindex={index + 2} className={classNames(HEAD, 'z-20 max-w-0 px-3 font-medium')}>
      <span className="flex min-w-0 items-center gap-1.5">
        <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: runColour(run) }} />
        <Link href={`/runs/${run.id}`} prefetch={false} className="flex min-w-0 hover:underline">
          <MiddleText text={run.name} tail={8} />
        </Link>
        {baseline ? <Pin size={12} fill="currentColor" className="shrink-0 text-accent" aria-label="Baseline" /> : null}
      </span>
    </th>
  )
}
