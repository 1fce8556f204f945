'use client'

import { type ColumnDef, columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { type Field, fieldId } from '../../core/run-fields/field.ts'
import { defaultWidth, NAME_WIDTH } from './column-look.ts'

/**
 * The table library holds the columns: order, widths, dragging their edges. Rows go past it: filtering, sorting and grouping
 * are pure functions of `core/`, and the library would make an object for each of ten thousand rows at every live update.
 */
const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
const NO_ROWS: never[] = []

export const NAME_COLUMN = 'name'

export function useColumnLayout(
  fields: readonly Field[],
  grouped: boolean,
  widths: Record<string, number>,
  setWidths: (widths: Record<string, number>) => void,
) {
  const columns = useMemo(
    (): ColumnDef<typeof features, never>[] => [
      { id: NAME_COLUMN, size: NAME_WIDTH, minSize: 120, maxSize: 800 },
      ...fields.map((field) => ({ id: fieldId(field), size: defaultWidth(field, grouped), minSize: 44, maxSize: 1_200 })),
    ],
    [fields, grouped],
  )
  return useTable({
    features,
    columns,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state: { columnSizing: widths },
    onColumnSizingChange: (updater) => setWidths(typeof updater === 'function' ? updater(widths) : updater),
  })
}

export type ColumnLayout = ReturnType<typeof useColumnLayout>
