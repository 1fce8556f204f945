'use client'

import { debounce, useQueryStates } from 'nuqs'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Field } from '../../core/run-fields/field.ts'
import type { SortRule } from '../../core/run-fields/sort-rows.ts'
import { readStoredView, type StoredView, writeStoredView } from './stored-view.ts'
import { TABLE_PARAMS } from './table-params.ts'

export interface View {
  project: string | null
  filterText: string
  sort: SortRule[]
  group: Field | null
  archived: boolean
  /** Null until someone arranged them. */
  columns: Field[] | null
  widths: Record<string, number>
  setFilterText(text: string): void
  /** Resolves when the address says what was set: one that is written while the router fetches another page makes it stay here. */
  settle(): Promise<unknown>
  setSort(sort: SortRule[]): void
  setGroup(group: Field | null): void
  setArchived(archived: boolean): void
  setColumns(columns: Field[] | null): void
  setWidths(widths: Record<string, number>): void
}

const NOTHING_STORED: StoredView = { columns: null, widths: {} }

/** How the table is looked at: the address says it, this browser remembers columns and widths. */
export function useView(): View {
  const [params, setParams] = useQueryStates(TABLE_PARAMS, { history: 'replace' })
  const [stored, setStored] = useState(NOTHING_STORED)
  const written = useRef<Promise<unknown>>(Promise.resolve())
  /** Filter text that waits for the next key press before it goes into the address. */
  const typed = useRef<string | null>(null)
  const { project } = params
  // Storage is read after the first paint: the server cannot know it, and the two must draw the same.
  useEffect(() => setStored(readStoredView(project)), [project])

  const remember = useCallback(
    (change: Partial<StoredView>) =>
      setStored((before) => {
        const after = { ...before, ...change }
        writeStoredView(project, after)
        return after
      }),
    [project],
  )

  const change = useCallback(
    (...update: Parameters<typeof setParams>) => {
      const writing = setParams(...update)
      written.current = writing
      return writing
    },
    [setParams],
  )

  return useMemo(
    () => ({
      project,
      filterText: params.q,
      sort: params.sort,
      group: params.group,
      archived: params.archived,
      columns: params.cols ?? stored.columns,
      widths: stored.widths,
      setFilterText: (q) => {
        typed.current = q
        void change({ q }, { limitUrlUpdates: debounce(300) }).finally(() => {
          if (typed.current === q) typed.current = null
        })
      },
      settle: () => {
        if (typed.current !== null) void change({ q: typed.current })
        typed.current = null
        return written.current
      },
      setSort: (sort) => void change({ sort }),
      setGroup: (group) => void change({ group }),
      setArchived: (archived) => void change({ archived }),
      setColumns: (columns) => {
        remember({ columns })
        void change({ cols: columns })
      },
      setWidths: (widths) => remember({ widths }),
    }),
    [project, params, stored, change, remember],
  )
}
