'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { type Field, fieldId } from '../../core/run-fields/field.ts'
import type { SortRule } from '../../core/run-fields/sort-rows.ts'
import { columnAlign } from './column-look.ts'
import type { HeaderHandlers } from './header-handlers.ts'
import type { RowHandlers } from './row-handlers.ts'
import { HEADER_HEIGHT, RunsHeader } from './runs-header.tsx'
import { ROW_HEIGHT, RunsRow } from './runs-row.tsx'
import type { TableItem } from './table-items.ts'
import { type ColumnLayout, NAME_COLUMN } from './use-column-layout.ts'
import { useNarrow } from './use-narrow.ts'
import { idsOf, type Selection } from './use-selection.ts'
import type { VisibleColumns } from './visible-columns.ts'

interface RunsGridProps {
  items: readonly TableItem[]
  fields: readonly Field[]
  layout: ColumnLayout
  sort: readonly SortRule[]
  group: Field | null
  selection: Selection
  renaming: string | null
  rowHandlers: RowHandlers
  headerHandlers: HeaderHandlers
  /** Stands in the place of the lines when there are none. */
  children?: ReactNode
}

/** On a phone the name may take this much, so that a column beside it stays readable. */
const NARROW_NAME_WIDTH = 188

/** The table itself: only the rows and columns inside the window are drawn. */
export function RunsGrid({ items, fields, layout, sort, group, selection, renaming, rowHandlers, headerHandlers, children }: RunsGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const narrow = useNarrow()
  const nameWidth = narrow ? NARROW_NAME_WIDTH : (layout.getColumn(NAME_COLUMN)?.getSize() ?? NARROW_NAME_WIDTH)
  const aligns = useMemo(() => fields.map((field) => columnAlign(field, items)), [fields, items])
  const widths = fields.map((field) => layout.getColumn(fieldId(field))?.getSize() ?? 100)

  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    scrollMargin: 0,
    scrollPaddingStart: HEADER_HEIGHT,
    scrollPaddingEnd: 16,
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: fields.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 100,
    getItemKey: (index) => (fields[index] ? fieldId(fields[index]) : index),
    paddingStart: nameWidth,
    overscan: 3,
  })
  const widthKey = `${nameWidth}|${widths.join()}|${aligns.join()}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures again whenever a width changed
  useEffect(() => columns.measure(), [widthKey, columns])

  const shown = columns.getVirtualItems()
  const visibleKey = `${widthKey}|${shown.map((column) => column.key).join('\n')}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for widths and columns, whose arrays are new every time
  const visible = useMemo(
    (): VisibleColumns => ({
      nameWidth,
      leftGap: (shown[0]?.start ?? nameWidth) - nameWidth,
      totalWidth: nameWidth + widths.reduce((sum, width) => sum + width, 0),
      items: shown.flatMap(({ index }) => {
        const field = fields[index]
        return field ? [{ field, id: fieldId(field), width: widths[index] ?? 100, index, align: aligns[index] ?? 'left' }] : []
      }),
    }),
    [visibleKey, fields],
  )

  const { activeIndex } = selection
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' })
  }, [activeIndex, rows])

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Runs"
      aria-rowcount={items.length + 1}
      aria-colcount={fields.length + 1}
      aria-multiselectable
      aria-activedescendant={selection.activeKey === null ? undefined : `run-line-${selection.activeKey}`}
      data-testid="runs-grid"
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-background outline-none focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]"
    >
      <RunsHeader columns={visible} sort={sort} selection={selection} handlers={headerHandlers} layout={layout} narrow={narrow} />
      <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize(), width: visible.totalWidth, minWidth: '100%' }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          const ids = idsOf(item)
          const selected = ids.every((id) => selection.ids.has(id))
          return (
            <RunsRow
              key={key}
              item={item}
              index={index}
              top={start}
              columns={visible}
              selected={selected}
              partly={!selected && ids.some((id) => selection.ids.has(id))}
              active={item.key === selection.activeKey}
              renaming={item.kind === 'run' && renaming === item.row.run.id}
              groupField={group}
              handlers={rowHandlers}
            />
          )
        })}
      </div>
      {children ? <div className="sticky left-0 w-full">{children}</div> : null}
    </div>
  )
}
