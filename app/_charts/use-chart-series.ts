'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ChartColumns, ChartRequest, Smoothing, XAxis } from '../../core/chart.ts'
import { unpack } from '../../core/wire.ts'
import { useTRPCClient } from '../_trpc/trpc.ts'
import { useRefetchOnChange } from './use-refetch-on-change.ts'

/** Requests per call: the server's limit. */
const MOST = 512
/** Columns are large; what no card shows is forgotten after a minute (ms). */
const KEEP_MS = 60_000

export interface SeriesQuery {
  series: { runId: string; name: string }[]
  x: XAxis
  range: [number, number] | null
  /** Pixel columns; 0: not known yet, nothing is asked. */
  width: number
  smoothing: Smoothing
  abandoned: boolean
  /** False while the card is far from the viewport. */
  enabled: boolean
}

/** One answer: the columns and what was asked for, so that a picture is never labelled with settings it was not drawn with. */
export interface SeriesAnswer {
  columns: ChartColumns[]
  x: XAxis
  smoothing: Smoothing
  range: [number, number] | null
}

/**
 * Columns of a card's series. Keeps the old answer until the new one is there, and asks again when one of the runs changed, one
 * request at a time (the live feed tells at most four times a second).
 */
export function useChartSeries({ series, x, range, width, smoothing, abandoned, enabled }: SeriesQuery) {
  const client = useTRPCClient()
  const asked = JSON.stringify([series.map(({ runId, name }) => [runId, name]), x, range, width, smoothing, abandoned])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is all of them by value
  const requests = useMemo(() => series.map(({ runId, name }): ChartRequest => ({ runId, name, x, range, width, smoothing, abandoned })), [asked])
  const query = useQuery({
    queryKey: ['charts', asked],
    queryFn: async ({ signal }): Promise<SeriesAnswer> => {
      const parts: ChartRequest[][] = []
      for (let i = 0; i < requests.length; i += MOST) parts.push(requests.slice(i, i + MOST))
      const answers = await Promise.all(parts.map((part) => client.charts.query.query({ requests: part }, { signal })))
      return { columns: answers.flat().map((packed) => unpack<ChartColumns>(packed as never)), x, smoothing, range }
    },
    enabled: enabled && width > 0 && requests.length > 0,
    placeholderData: keepPreviousData,
    // A card that comes back may have missed changes; what it showed last stands in meanwhile.
    staleTime: 0,
    gcTime: KEEP_MS,
    structuralSharing: false,
  })

  const runIds = useMemo(() => new Set(requests.map((request) => request.runId)), [requests])
  useRefetchOnChange(query, runIds, enabled)
  return query
}
