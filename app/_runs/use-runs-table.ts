'use client'

import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { compileFilter } from '../../core/filter/compile-filter.ts'
import { parseFilter } from '../../core/filter/parse-filter.ts'
import type { Filter, FilterProblem } from '../../core/filter/syntax.ts'
import type { Vocabulary } from '../../core/filter/vocabulary.ts'
import type { DiagnosedOverview } from '../../core/overview.ts'
import type { Field } from '../../core/run-fields/field.ts'
import { defaultColumns, isWrong } from './default-columns.ts'
import { overviewRows, type TableRow } from './overview-rows.ts'
import { type TableItem, tableItems } from './table-items.ts'
import { useOverview } from './use-overview.ts'
import type { View } from './use-view.ts'
import { vocabularyOf } from './vocabulary-of.ts'

const EMPTY_VOCABULARY: Vocabulary = { configKeys: new Set(), metrics: new Map() }
const NO_ROWS: TableRow[] = []

/** Everything the runs table shows, worked out from the store's answer and the view. */
export function useRunsTable(view: View) {
  const [metrics, setMetrics] = useState<string[]>([])
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const query = useOverview(view.project, view.archived, metrics)
  const overview = query.data
  const rows = useMemo(() => (overview ? overviewRows(overview) : NO_ROWS), [overview])
  const vocabulary = useMemo(() => (overview ? vocabularyOf(rows, overview) : EMPTY_VOCABULARY), [overview, rows])

  const columns = useColumnFields(view, rows, overview)
  const { filter, problem } = useLastGoodFilter(useDeferredValue(view.filterText))
  const compiled = useMemo(() => compileFilter(filter, vocabulary), [filter, vocabulary])

  const needed = useMemo(
    () => metricNames([...columns, ...compiled.fields, ...view.sort.map((rule) => rule.field), ...(view.group ? [view.group] : [])]),
    [columns, compiled, view.sort, view.group],
  )
  // Ask for more as soon as it is known what is wanted; React repeats this render before anything is shown.
  if (overview && needed.join('\n') !== metrics.join('\n')) setMetrics(needed)

  const loaded = useMemo(() => new Set(overview?.metrics.map(({ name }) => name)), [overview])
  const ready = needed.every((name) => loaded.has(name))
  const lastItems = useRef<{ items: TableItem[]; matching: TableRow[] }>({ items: [], matching: [] })
  const result = useMemo(() => {
    const used = metricNames([...compiled.fields, ...view.sort.map((rule) => rule.field), ...(view.group ? [view.group] : [])])
    // A filter on figures still on their way would match nothing for a moment.
    if (!used.every((name) => loaded.has(name)) && overview) return lastItems.current
    lastItems.current = tableItems(rows, { matches: compiled.matches, sort: view.sort, group: view.group, open }, Date.now())
    return lastItems.current
  }, [rows, compiled, view.sort, view.group, open, loaded, overview])

  return {
    query,
    overview,
    rows,
    columns,
    vocabulary,
    problem: problem ?? compiled.problems[0] ?? null,
    /** False while figures of a column are on their way. */
    ready,
    items: result.items,
    matching: result.matching,
    toggleGroup: (key: string) => setOpen((before) => toggled(before, key)),
  }
}

function metricNames(fields: Field[]): string[] {
  return [...new Set(fields.flatMap((field) => (field.kind === 'metric' ? field.name : [])))].sort()
}

function toggled(set: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

/** The columns of the view; until someone arranged them, those that say most about these runs. */
function useColumnFields(view: View, rows: TableRow[], overview: DiagnosedOverview | undefined): Field[] {
  const names = overview?.metricNames
  const hasRuns = rows.length > 0
  const wrong = rows.some(isWrong)
  // biome-ignore lint/correctness/useExhaustiveDependencies: not on `rows`, or columns would jump about whenever a run logs something
  const fallback = useMemo(() => (hasRuns ? defaultColumns(rows, names ?? [], view.project === null) : []), [view.project, names, hasRuns, wrong])
  return view.columns ?? fallback
}

/** While a filter is being typed it is often broken: the last one that could be read stays in force, and the mistake is said. */
function useLastGoodFilter(text: string): { filter: Filter | null; problem: FilterProblem | null } {
  const last = useRef<Filter | null>(null)
  return useMemo(() => {
    const parsed = parseFilter(text)
    if (parsed.ok) last.current = parsed.filter
    return { filter: last.current, problem: parsed.ok ? null : parsed.problem }
  }, [text])
}

export type RunsTable = ReturnType<typeof useRunsTable>
