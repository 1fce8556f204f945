'use client'

import { useMemo } from 'react'
import { type Field, fieldId } from '../../core/run-fields/field.ts'
import { defaultWidth } from './column-look.ts'
import { moveColumn, replaceColumn, toggleSort } from './column-order.ts'
import type { HeaderHandlers } from './header-handlers.ts'
import type { View } from './use-view.ts'

export function useHeaderHandlers(view: View, columns: readonly Field[]): HeaderHandlers {
  return useMemo(() => {
    const setWidth = (field: Field, width: number | null) => {
      const { [fieldId(field)]: old, ...others } = view.widths
      view.setWidths(width === null ? others : { ...others, [fieldId(field)]: width })
    }
    return {
      toggleSort: (field, add) => view.setSort(toggleSort(view.sort, field, add)),
      sortBy: (field, descending) => view.setSort([{ field, descending }]),
      groupBy: (field) => view.setGroup(field),
      move: (field, by) => {
        const at = columns.findIndex((column) => fieldId(column) === fieldId(field))
        const next = columns[at + by]
        if (next) view.setColumns(by < 0 ? moveColumn(columns, fieldId(field), fieldId(next)) : moveColumn(columns, fieldId(next), fieldId(field)))
      },
      moveTo: (id, before) => view.setColumns(moveColumn(columns, id, before)),
      hide: (field) => view.setColumns(columns.filter((column) => fieldId(column) !== fieldId(field))),
      widen: (field, by) => setWidth(field, Math.max(44, (view.widths[fieldId(field)] ?? defaultWidth(field, view.group !== null)) + by)),
      resetWidth: (field) => setWidth(field, null),
      replace: (field, by) => view.setColumns(replaceColumn(columns, field, by)),
    }
  }, [view, columns])
}
