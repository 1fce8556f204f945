'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RecordKey, StoredRecord } from '../../core/stored-record.ts'
import { useTRPCClient } from '../_trpc/trpc.ts'

/** The most records the server gives at once. */
export const RECORDS_MAX = 5_000

/** Records of one kind, read again when the run has logged more. The newest `RECORDS_MAX` when there are more than that. */
export function useRecords(runId: string, kind: string, keys: readonly RecordKey[]) {
  const client = useTRPCClient()
  const n = keys.filter((key) => key.kind === kind).reduce((sum, key) => sum + key.n, 0)
  const query = useQuery({
    queryKey: ['records', runId, kind, n],
    enabled: n > 0,
    placeholderData: keepPreviousData,
    queryFn: async () => (await client.records.list.query({ runId, kind, limit: RECORDS_MAX, last: true })) as unknown as StoredRecord[],
  })
  return { records: query.data ?? [], n, isPending: n > 0 && query.isPending, error: query.error, retry: () => void query.refetch() }
}
