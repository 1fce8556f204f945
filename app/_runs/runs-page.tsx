'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo, useRef, useState } from 'react'
import type { Run } from '../../core/run.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { ErrorState } from '../_ui/error-state.tsx'
import { EmptyStore } from './empty-store.tsx'
import { type RunsDialog, RunsDialogs } from './runs-dialogs.tsx'
import { RunsGrid } from './runs-grid.tsx'
import { RunsSkeleton } from './runs-skeleton.tsx'
import { RunsToolbar } from './runs-toolbar.tsx'
import { useColumnLayout } from './use-column-layout.ts'
import { useHeaderHandlers } from './use-header-handlers.ts'
import { useRowHandlers } from './use-row-handlers.ts'
import { useRunActions } from './use-run-actions.ts'
import { useRunsKeys } from './use-runs-keys.ts'
import { useRunsTable } from './use-runs-table.ts'
import { useSelection } from './use-selection.ts'
import { useView } from './use-view.ts'

export function RunsPage() {
  const view = useView()
  const table = useRunsTable(view)
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const [dialog, setDialog] = useState<RunsDialog | null>(null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const filterBox = useRef<{ focus(): void }>(null)

  const byId = useMemo(() => new Map(table.rows.map((row) => [row.run.id, row.run])), [table.rows])
  const known = useMemo(() => new Set(byId.keys()), [byId])
  const selection = useSelection(table.items, known)
  const layout = useColumnLayout(table.columns, view.group !== null, view.widths, view.setWidths)
  const actions = useRunActions()
  const headerHandlers = useHeaderHandlers(view, table.columns)
  const rowHandlers = useRowHandlers({
    selection,
    actions,
    readOnly: info?.readOnly ?? false,
    settle: view.settle,
    onToggleGroup: table.toggleGroup,
    onRename: setRenaming,
    onDialog: setDialog,
  })

  const selected = [...selection.ids].flatMap((id) => byId.get(id) ?? [])
  const active = table.items[selection.activeIndex]
  const targets: Run[] = selected.length > 0 ? selected : active?.kind === 'run' ? [active.row.run] : []
  useRunsKeys({ items: table.items, selection, targets, handlers: rowHandlers, onFilter: () => filterBox.current?.focus() })

  const { overview, query } = table
  if (!overview && query.error) return <ErrorState title="The runs could not be read" error={query.error} onRetry={() => void query.refetch()} />
  if (overview && overview.runs.length === 0 && info?.runs === 0) return <EmptyStore />

  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Runs</h1>
      <RunsToolbar view={view} table={table} selected={selected} handlers={rowHandlers} onClear={selection.clear} filterBox={filterBox} />
      {overview === undefined ? <RunsSkeleton /> : null}
      {overview && overview.runs.length > 0 ? (
        <RunsGrid
          items={table.items}
          fields={table.columns}
          layout={layout}
          sort={view.sort}
          group={view.group}
          selection={selection}
          renaming={renaming}
          rowHandlers={rowHandlers}
          headerHandlers={headerHandlers}
        >
          {table.items.length === 0 ? <NothingShown view={view} total={overview.runs.length} problem={table.problem?.message} /> : null}
        </RunsGrid>
      ) : null}
      {overview?.runs.length === 0 ? <NothingShown view={view} total={0} /> : null}
      <RunsDialogs dialog={dialog} rows={table.rows} actions={actions} onClose={() => setDialog(null)} />
    </div>
  )
}

function NothingShown({ view, total, problem }: { view: ReturnType<typeof useView>; total: number; problem?: string }) {
  if (total > 0)
    return (
      <EmptyState
        title={problem ? 'No run to show: the filter has a mistake' : `None of ${total} runs matches the filter`}
        actions={<Button onClick={() => view.setFilterText('')}>Clear the filter</Button>}
      >
        <code className="font-mono text-sm break-all">{view.filterText}</code>
        {problem ? <p className="text-danger">{problem}</p> : null}
      </EmptyState>
    )
  return (
    <EmptyState
      title={view.project === null ? 'No runs to show' : `No runs in "${view.project}"`}
      actions={
        <>
          {view.project === null ? null : (
            <Button asChild look="primary">
              <Link href="/">All runs</Link>
            </Button>
          )}
          {view.archived ? null : <Button onClick={() => view.setArchived(true)}>Show archived runs</Button>}
        </>
      }
    >
      {view.project === null ? 'All runs of this store are archived.' : 'The project may have been renamed, or its runs deleted or archived.'}
    </EmptyState>
  )
}
