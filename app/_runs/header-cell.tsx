'use client'

import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react'
import { type DragEvent, memo } from 'react'
import type { Field } from '../../core/run-fields/field.ts'
import { classNames } from '../_ui/class-names.ts'
import { columnLook, columnTitle } from './column-look.ts'
import type { HeaderHandlers } from './header-handlers.ts'
import { HeaderMenu } from './header-menu.tsx'

interface HeaderCellProps {
  field: Field
  id: string
  index: number
  width: number
  /** Null when the table is not sorted by this column. */
  sorted: 'ascending' | 'descending' | null
  /** Its place among the sort rules, from 1; null when it is the only one or not sorted by. */
  sortPlace: number | null
  handlers: HeaderHandlers
  align: 'left' | 'right'
  resizing: boolean
  onResizeStart: ResizeStart
}

/** Starts dragging the edge of the column with this id. */
export type ResizeStart = (id: string, event: unknown) => void

/** A heading: click sorts (with Shift: in addition), the arrow opens its menu, the right edge drags the width, the heading itself drags the place. */
export const HeaderCell = memo(function HeaderCell({
  field,
  id,
  index,
  width,
  align,
  sorted,
  sortPlace,
  handlers,
  resizing,
  onResizeStart,
}: HeaderCellProps) {
  const look = columnLook(field)
  const drop = (event: DragEvent) => {
    const dragged = event.dataTransfer.getData('text/lossboard-column')
    if (dragged) handlers.moveTo(dragged, id)
  }
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-colindex={index + 2}
      aria-sort={sorted ?? 'none'}
      data-column={id}
      className="group/header relative flex shrink-0 items-center border-r border-border/60 text-sm"
      style={{ width }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <button
        type="button"
        draggable
        title={`${columnTitle(field)}. Click to sort, Shift+click to sort by it as well, drag to move.`}
        onDragStart={(event) => event.dataTransfer.setData('text/lossboard-column', id)}
        onClick={(event) => handlers.toggleSort(field, event.shiftKey)}
        className={classNames(
          'flex h-full min-w-0 flex-1 items-center gap-1 px-2',
          align === 'right' && 'justify-end',
          sorted ? 'text-text' : 'text-muted',
        )}
      >
        <span className="min-w-0 truncate font-medium">{look.label}</span>
        {look.suffix ? <span className="shrink-0 text-xs text-faint">{look.suffix}</span> : null}
        {sorted ? <SortMark sorted={sorted} place={sortPlace} /> : null}
      </button>
      <HeaderMenu
        field={field}
        handlers={handlers}
        trigger={
          <button
            type="button"
            aria-label={`Column ${look.label}: menu`}
            className="absolute top-1.5 right-1.5 flex h-5 w-4 items-center justify-center rounded bg-surface text-faint opacity-0 group-hover/header:opacity-100 hover:bg-surface-hover hover:text-text focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
          >
            <ChevronDown size={12} />
          </button>
        }
      />
      <ResizeHandle resizing={resizing} onResizeStart={(event) => onResizeStart(id, event)} onReset={() => handlers.resetWidth(field)} />
    </div>
  )
})

export function SortMark({ sorted, place }: { sorted: 'ascending' | 'descending'; place: number | null }) {
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <span className="flex shrink-0 items-center text-accent">
      <Arrow size={12} aria-hidden />
      {place !== null ? <span className="num text-[9px] leading-none">{place}</span> : null}
    </span>
  )
}

export function ResizeHandle({
  resizing,
  onResizeStart,
  onReset,
}: {
  resizing: boolean
  onResizeStart: (event: unknown) => void
  onReset: () => void
}) {
  return (
    <span
      aria-hidden
      title="Drag to resize, double-click to reset"
      onMouseDown={onResizeStart}
      onTouchStart={onResizeStart}
      onDoubleClick={onReset}
      className={classNames('absolute top-0 -right-1 z-10 h-full w-2 cursor-col-resize touch-none hover:bg-accent/40', resizing && 'bg-accent/60')}
    />
  )
}
