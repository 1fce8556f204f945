'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { isNotFound } from '../_run/use-run.ts'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'
import { refreshStudies } from './refresh-studies.ts'

/** A study with the numbers for some settings; `settings` are those. */
export interface StudyData {
  study: Study
  settings: TableSettings
  result: StudyResult
}

export type StudyState =
  | { status: 'loading' }
  | { status: 'ready'; data: StudyData; busy: boolean; problem: string | null; retry: () => void }
  /** No such study. */
  | { status: 'unknown' }
  /** It was shown on this page and is gone now. */
  | { status: 'deleted'; name: string; project: string }
  | { status: 'failed'; message: string; retry: () => void }

/** While runs train their study changes many times a second; reading it anew costs more than it shows (ms). */
const LEAST_PAUSE_MS = 1_000
const REFERENCE_MAX = 300

/** One study, kept current by the live feed. `settings`: over the saved ones. */
export function useStudy(reference: string, settings: Partial<TableSettings>): StudyState {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const asked = Object.keys(settings).length > 0
  const query = useQuery(
    trpc.studies.get.queryOptions(
      { id: reference, ...(asked && { settings }) },
      { enabled: reference.length <= REFERENCE_MAX, placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  // What travels as JSON is the very type: results hold nothing that JSON has no word for.
  const data = query.data as unknown as StudyData | undefined
  const [stale, setStale] = useState(false)
  const [removedId, setRemovedId] = useState<string | null>(null)
  const [shown, setShown] = useState<StudyData | null>(null)
  useEffect(() => {
    if (data) setShown(data)
  }, [data])
  const known = data ?? shown
  const id = known?.study.id
  const runIds = useMemo(() => new Set(known?.study.runs.map(({ runId }) => runId)), [known])

  useChanges((changes) => {
    if (id !== undefined && changes.removedStudies.includes(id)) setRemovedId(id)
    if (id !== undefined && changes.studies.some((study) => study.id === id)) setRemovedId(null)
    const started = changes.runs.length === 0 && changes.removed.length === 0 && changes.studies.length === 0
    const touched = changes.studies.some((study) => study.id === id) || changes.removed.some((run) => runIds.has(run))
    if (changes.reset || started || touched || changes.runs.some((run) => runIds.has(run.id))) setStale(true)
  })
  const { isFetching, dataUpdatedAt } = query
  useEffect(() => {
    if (!stale || isFetching) return
    const timer = setTimeout(
      () => {
        setStale(false)
        refreshStudies(queryClient, trpc.studies.get.queryFilter())
      },
      Math.max(0, dataUpdatedAt + LEAST_PAUSE_MS - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [stale, isFetching, dataUpdatedAt, queryClient, trpc])

  const retry = () => void query.refetch()
  if (reference.length > REFERENCE_MAX) return { status: 'unknown' }
  const unknown = isNotFound(query.error)
  if (known && (removedId === known.study.id || unknown)) return { status: 'deleted', name: known.study.name, project: known.study.project }
  if (unknown) return { status: 'unknown' }
  if (known) {
    const problem = query.error && !query.isFetching ? query.error.message : null
    return { status: 'ready', data: known, busy: query.isPlaceholderData || (query.isError && query.isFetching), problem, retry }
  }
  if (query.isError) return { status: 'failed', message: query.error.message, retry }
  return { status: 'loading' }
}
