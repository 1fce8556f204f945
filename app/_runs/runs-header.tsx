'use client'

import { memo, useCallback, useEffect, useRef } from 'react'
import { type Field, fieldId } from '../../core/run-fields/field.ts'
import type { SortRule } from '../../core/run-fields/sort-rows.ts'
import { Checkbox } from '../_ui/checkbox.tsx'
import { HeaderCell, ResizeHandle, type ResizeStart, SortMark } from './header-cell.tsx'
import type { HeaderHandlers } from './header-handlers.ts'
import { type ColumnLayout, NAME_COLUMN } from './use-column-layout.ts'
import type { Selection } from './use-selection.ts'
import type { VisibleColumns } from './visible-columns.ts'

export const HEADER_HEIGHT = 32
const NAME_FIELD: Field = { kind: 'run', name: 'name' }

interface RunsHeaderProps {
  columns: VisibleColumns
  sort: readonly SortRule[]
  selection: Selection
  handlers: HeaderHandlers
  layout: ColumnLayout
  narrow: boolean
}

export const RunsHeader = memo(function RunsHeader({ columns, sort, selection, handlers, layout, narrow }: RunsHeaderProps) {
  const latestLayout = useRef(layout)
  useEffect(() => {
    latestLayout.current = layout
  })
  const startResize: ResizeStart = useCallback(
    (id, event) =>
      latestLayout.current
        .getFlatHeaders()
        .find((header) => header.column.id === id)
        ?.getResizeHandler()(event),
    [],
  )
  const sortOf = (field: Field) => {
    const at = sort.findIndex((rule) => fieldId(rule.field) === fieldId(field))
    if (at < 0) return { sorted: null, sortPlace: null }
    return { sorted: sort[at]?.descending ? ('descending' as const) : ('ascending' as const), sortPlace: sort.length > 1 ? at + 1 : null }
  }
  const name = sortOf(NAME_FIELD)
  return (
    <div role="rowgroup" className="sticky top-0 z-20 bg-surface" style={{ width: columns.totalWidth, minWidth: '100%' }}>
      <div role="row" tabIndex={-1} aria-rowindex={1} className="flex border-b border-border-strong" style={{ height: HEADER_HEIGHT }}>
        <div
          role="columnheader"
          tabIndex={-1}
          aria-colindex={1}
          aria-sort={name.sorted ?? 'none'}
          className="sticky left-0 z-10 flex shrink-0 items-center gap-2 border-r border-border bg-surface pl-2.5 text-sm"
          style={{ width: columns.nameWidth }}
        >
          <Checkbox
            aria-label="Select all runs shown"
            checked={selection.all}
            indeterminate={selection.ids.size > 0 && !selection.all}
            onChange={selection.toggleAll}
            data-testid="select-all"
          />
          <button
            type="button"
            className="flex h-full flex-1 items-center gap-1 font-medium text-muted"
            onClick={(event) => handlers.toggleSort(NAME_FIELD, event.shiftKey)}
          >
            Name
            {name.sorted ? <SortMark sorted={name.sorted} place={name.sortPlace} /> : null}
          </button>
          {narrow ? null : (
            <ResizeHandle
              resizing={layout.getColumn(NAME_COLUMN)?.getIsResizing() ?? false}
              onResizeStart={(event) => startResize(NAME_COLUMN, event)}
              onReset={() => handlers.resetWidth(NAME_FIELD)}
            />
          )}
        </div>
        <div aria-hidden className="shrink-0" style={{ width: columns.leftGap }} />
        {columns.items.map(({ field, id, index, width, align }) => (
          <HeaderCell
            key={id}
            field={field}
            id={id}
            index={index}
            width={width}
            align={align}
            {...sortOf(field)}
            handlers={handlers}
            resizing={layout.getColumn(id)?.getIsResizing() ?? false}
            onResizeStart={startResize}
          />
        ))}
      </div>
    </div>
  )
})
