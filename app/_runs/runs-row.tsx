import { ChevronRight, MoreHorizontal, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { memo } from 'react'
import { runColour } from '../../core/colour.ts'
import { configText } from '../../core/config-diff.ts'
import { formatCount } from '../../core/format-number.ts'
import type { Field } from '../../core/run-fields/field.ts'
import { Button } from '../_ui/button.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'
import { classNames } from '../_ui/class-names.ts'
import { columnLook } from './column-look.ts'
import { GroupCell } from './group-cell.tsx'
import { RenameInput } from './rename-input.tsx'
import type { RowHandlers } from './row-handlers.ts'
import { RunCell } from './run-cell.tsx'
import { RunMenu } from './run-menu.tsx'
import type { TableItem } from './table-items.ts'
import { idsOf } from './use-selection.ts'
import type { VisibleColumns } from './visible-columns.ts'

export const ROW_HEIGHT = 30

interface RunsRowProps {
  item: TableItem
  index: number
  top: number
  columns: VisibleColumns
  selected: boolean
  partly: boolean
  active: boolean
  renaming: boolean
  groupField: Field | null
  handlers: RowHandlers
}

/** One line. Drawn again only when something of its own changed: scrolling moves many. */
export const RunsRow = memo(function RunsRow({ item, index, top, columns, selected, partly, active, renaming, groupField, handlers }: RunsRowProps) {
  const label = item.kind === 'run' ? item.row.run.name : `group ${groupLabel(item)}`
  const background = selected ? 'bg-accent-soft' : active ? 'bg-surface-hover' : item.kind === 'group' ? 'bg-surface' : 'bg-background'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and the arrow keys are handled for the whole grid
    <div
      role="row"
      tabIndex={-1}
      id={`run-line-${item.key}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-testid={item.kind === 'run' ? 'run-row' : 'group-row'}
      data-run={item.kind === 'run' ? item.row.run.id : undefined}
      className={classNames('group/row absolute left-0 flex border-b border-border', background, !selected && 'hover:bg-surface-hover')}
      style={{ height: ROW_HEIGHT, width: columns.totalWidth, transform: `translateY(${top}px)` }}
      onClick={() => handlers.activate(index)}
    >
      <div
        role="rowheader"
        tabIndex={-1}
        aria-colindex={1}
        className={classNames(
          'sticky left-0 z-10 flex items-center gap-2 border-r border-border bg-inherit pr-1 pl-2.5',
          active && 'shadow-[inset_2px_0_0_var(--accent)]',
        )}
        style={{ width: columns.nameWidth }}
      >
        <Checkbox
          checked={selected}
          indeterminate={partly}
          aria-label={`Select ${label}`}
          tabIndex={-1}
          onChange={() => {}}
          onClick={(event) => {
            event.stopPropagation()
            handlers.select(item, event.shiftKey)
          }}
        />
        {item.kind === 'run' ? (
          <RunName item={item} renaming={renaming} handlers={handlers} />
        ) : (
          <GroupName item={item} field={groupField} handlers={handlers} />
        )}
      </div>
      <div aria-hidden className="shrink-0" style={{ width: columns.leftGap }} />
      {columns.items.map(({ field, id, width, align, index: column }) => (
        <Cell key={id} item={item} field={field} column={column} width={width} align={align} />
      ))}
    </div>
  )
})

interface CellProps {
  item: TableItem
  field: Field
  column: number
  width: number
  align: 'left' | 'right'
}

/** Stays as it is while the table scrolls sideways past it. */
const Cell = memo(function Cell({ item, field, column, width, align }: CellProps) {
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      aria-colindex={column + 2}
      className={classNames('flex shrink-0 items-center overflow-hidden px-2 text-sm', align === 'right' && 'justify-end')}
      style={{ width }}
    >
      {item.kind === 'run' ? <RunCell row={item.row} field={field} /> : <GroupCell group={item.group} field={field} />}
    </div>
  )
})

function RunName({ item, renaming, handlers }: { item: TableItem & { kind: 'run' }; renaming: boolean; handlers: RowHandlers }) {
  const { run } = item.row
  return (
    <>
      <span aria-hidden className={classNames('size-2.5 shrink-0 rounded-full', item.grouped && 'ml-3')} style={{ background: runColour(run) }} />
      {renaming ? (
        <RenameInput name={run.name} onDone={(name) => handlers.renamed(run, name)} />
      ) : (
        <Link
          href={`/runs/${run.id}`}
          prefetch={false}
          tabIndex={-1}
          title={run.name}
          className={classNames('min-w-0 flex-1 truncate font-medium hover:text-accent hover:underline', run.archived && 'text-faint')}
          onClick={(event) => event.stopPropagation()}
        >
          {run.name}
          <span className="num ml-1.5 text-xs font-normal text-faint max-sm:hidden">#{run.number}</span>
        </Link>
      )}
      {run.archived ? <span className="text-xs text-faint">archived</span> : null}
      {run.droppedPoints > 0 ? (
        <span
          className="text-danger"
          title={`${formatCount(run.droppedPoints)} points were dropped because memory ran out`}
          data-testid="dropped-points"
        >
          <TriangleAlert size={13} aria-hidden />
          <span className="sr-only">{run.droppedPoints} points dropped</span>
        </span>
      ) : null}
      <RunMenu
        run={run}
        handlers={handlers}
        trigger={
          <Button
            look="quiet"
            size="small-icon"
            tabIndex={-1}
            aria-label={`Actions for ${run.name}`}
            className="opacity-0 group-hover/row:opacity-100 focus:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
            onClick={(event) => event.stopPropagation()}
          >
            <MoreHorizontal size={14} />
          </Button>
        }
      />
    </>
  )
}

function GroupName({ item, field, handlers }: { item: TableItem & { kind: 'group' }; field: Field | null; handlers: RowHandlers }) {
  const count = idsOf(item).length
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={item.open}
      className="flex min-w-0 flex-1 items-center gap-1.5 text-left"
      onClick={(event) => {
        event.stopPropagation()
        handlers.toggleGroup(item.group.key)
      }}
    >
      <ChevronRight size={14} className={classNames('shrink-0 text-faint', item.open && 'rotate-90')} aria-hidden />
      <span className="truncate font-medium" title={field ? `${columnLook(field).label} = ${groupLabel(item)}` : undefined}>
        {groupLabel(item)}
      </span>
      <span className="num shrink-0 text-xs text-faint">
        {formatCount(count)} {count === 1 ? 'run' : 'runs'}
      </span>
    </button>
  )
}

function groupLabel(item: TableItem & { kind: 'group' }): string {
  return item.group.value === undefined ? 'none' : configText(item.group.value)
}
