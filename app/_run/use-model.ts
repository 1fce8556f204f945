'use client'

import { useMemo } from 'react'
import type { ModelValue } from '../../core/kinds/values.ts'
import type { RunData } from './run-data.ts'
import { useRecords } from './use-records.ts'

/** The model as it was logged last, and the names of its layers from input to output (of every model the run logged). */
export function useModel(data: RunData) {
  const { records, n, error, isPending, retry } = useRecords(data.run.id, 'model', data.records)
  const model = useMemo(() => {
    const newest = records.reduce<(typeof records)[number] | null>((best, record) => (best && best.id > record.id ? best : record), null)
    return newest ? (newest.payload as unknown as ModelValue) : null
  }, [records])
  const layers = useMemo(() => records.flatMap((record) => (record.payload as unknown as ModelValue).layers.map((layer) => layer.name)), [records])
  return { model, layers, n, error, isPending, retry }
}
