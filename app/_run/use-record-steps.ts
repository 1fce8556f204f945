'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RecordKey, StoredRecord } from '../../core/stored-record.ts'
import { useTRPCClient } from '../_trpc/trpc.ts'

/** Steps at which each name of a kind was logged, in rising order; read again when the run has logged more. Contents are not read. */
export function useRecordSteps(runId: string, kind: string, keys: readonly RecordKey[], enabled: boolean) {
  const client = useTRPCClient()
  const n = keys.filter((key) => key.kind === kind).reduce((sum, key) => sum + key.n, 0)
  const query = useQuery({
    queryKey: ['record-steps', runId, kind, n],
    enabled: enabled && n > 0,
    placeholderData: keepPreviousData,
    queryFn: () => client.records.index.query({ runId, kind }),
  })
  const steps = useMemo(() => {
    const byName = new Map<string, Set<number>>()
    for (const { name, step } of query.data ?? []) {
      const known = byName.get(name)
      if (known) known.add(step)
      else byName.set(name, new Set([step]))
    }
    return new Map([...byName].map(([name, all]) => [name, [...all].sort((a, b) => a - b)]))
  }, [query.data])
  return { steps, isPending: query.isPending, error: query.error, retry: () => void query.refetch() }
}

/** The record of one name at one step, the last where several were logged there. The one before stays until the new one is there. */
export function useRecordAt<Value>(runId: string, kind: string, name: string, step: number | undefined) {
  const client = useTRPCClient()
  const query = useQuery({
    queryKey: ['record-at', runId, kind, name, step],
    enabled: step !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    queryFn: async ({ signal }): Promise<{ step: number; value: Value } | null> => {
      const found = (await client.records.list.query(
        { runId, kind, name, fromStep: step!, toStep: step!, limit: 1, last: true },
        { signal },
      )) as unknown as StoredRecord[]
      return found[0] ? { step: found[0].step, value: found[0].payload as unknown as Value } : null
    },
  })
  return {
    value: query.data?.value ?? null,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
  }
}
