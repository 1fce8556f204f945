'use client'

import { Archive } from 'lucide-react'
import { type RefObject, useMemo } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import type { Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { ColumnPicker } from './column-picker.tsx'
import { FilterBox } from './filter-box.tsx'
import { GroupPicker } from './group-picker.tsx'
import type { RowHandlers } from './row-handlers.ts'
import { SelectionBar } from './selection-bar.tsx'
import type { RunsTable } from './use-runs-table.ts'
import type { View } from './use-view.ts'
import { completionSource } from './vocabulary-of.ts'

interface RunsToolbarProps {
  view: View
  table: RunsTable
  selected: Run[]
  handlers: RowHandlers
  onClear: () => void
  filterBox: RefObject<{ focus(): void } | null>
}

export function RunsToolbar({ view, table, selected, handlers, onClear, filterBox }: RunsToolbarProps) {
  const { rows, vocabulary, matching } = table
  const source = useMemo(() => completionSource(rows, vocabulary), [rows, vocabulary])
  const configKeys = useMemo(() => [...vocabulary.configKeys].sort(naturalCompare), [vocabulary])
  const shown = useMemo(() => new Set(matching.map((row) => row.run.id)), [matching])
  return (
    <div className="flex shrink-0 flex-col gap-2 border-b border-border px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <FilterBox
          ref={filterBox}
          text={view.filterText}
          onChange={view.setFilterText}
          onLeave={() => void view.settle()}
          problem={table.overview ? table.problem : null}
          source={source}
        />
        <Button
          aria-pressed={view.archived}
          className={view.archived ? 'text-accent' : undefined}
          onClick={() => view.setArchived(!view.archived)}
          title="Show archived runs too"
        >
          <Archive size={14} />
          <span className="max-sm:sr-only">Archived</span>
        </Button>
        <GroupPicker group={view.group} configKeys={configKeys} onChange={view.setGroup} />
        <ColumnPicker columns={table.columns} configKeys={configKeys} metrics={[...vocabulary.metrics.keys()]} onChange={view.setColumns} />
      </div>
      <div className="flex h-7 min-w-0 items-center">
        {selected.length > 0 ? (
          <SelectionBar runs={selected} hidden={selected.filter((run) => !shown.has(run.id)).length} handlers={handlers} onClear={onClear} />
        ) : (
          <Counts view={view} table={table} />
        )}
      </div>
    </div>
  )
}

function Counts({ view, table }: { view: View; table: RunsTable }) {
  if (!table.overview) return <span className="text-sm text-faint">Reading the runs…</span>
  const total = table.rows.length
  const groups = view.group ? table.items.filter((item) => item.kind === 'group').length : null
  const running = table.matching.filter((row) => row.run.status === 'running').length
  return (
    <p className="num truncate text-sm text-muted" data-testid="run-count" aria-live="polite">
      {table.matching.length === total ? '' : `${formatCount(table.matching.length)} of `}
      {formatCount(total)} {total === 1 ? 'run' : 'runs'}
      {groups === null ? null : ` in ${formatCount(groups)} ${groups === 1 ? 'group' : 'groups'}: mean ± sample SD over the runs of each (n)`}
      {running > 0 ? <span className="text-success"> · {formatCount(running)} running</span> : null}
      {table.ready ? null : <span className="text-faint"> · reading metrics…</span>}
    </p>
  )
}
