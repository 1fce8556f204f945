'use client'

import { useMemo } from 'react'
import { formatBytes } from '../../core/format-bytes.ts'
import { formatCount, formatNumber } from '../../core/format-number.ts'
import type { CheckpointReason, CheckpointValue } from '../../core/kinds/values.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import { fromStoredNumber } from '../../core/stored-number.ts'
import { Badge } from '../_ui/badge.tsx'
import { errorText } from '../_ui/error-text.ts'
import { NumberText } from '../_ui/number-text.tsx'
import type { RunData } from './run-data.ts'
import { RECORDS_MAX, useRecords } from './use-records.ts'

const REASONS: Record<CheckpointReason, string> = {
  interval: 'interval',
  best: 'best so far',
  last: 'last',
  snapshot: 'snapshot',
}

/** Saved states of the training, newest first: what each is, and whether its bytes are still there. */
export function CheckpointsSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'checkpoint', data.records)
  const rows = useMemo(
    () =>
      records.map((record) => ({ id: record.id, ...(record.payload as unknown as CheckpointValue) })).sort((a, b) => b.step - a.step || b.id - a.id),
    [records],
  )
  const metrics = useMemo(() => [...new Set(rows.flatMap((row) => Object.keys(row.metrics)))].sort(naturalCompare), [rows])
  if (n === 0) return null
  const kept = rows.filter((row) => !row.pruned)
  return (
    <section className="flex flex-col gap-2" data-testid="checkpoints">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h2 className="font-semibold">Checkpoints</h2>
        <span className="num text-sm text-faint">
          {formatCount(kept.length)} of {formatCount(rows.length)} still there, {formatBytes(kept.reduce((sum, row) => sum + row.bytes, 0))}
          {n > RECORDS_MAX ? `; the newest ${formatCount(RECORDS_MAX)} of ${formatCount(n)} are listed` : ''}
        </span>
      </div>
      {error ? <p className="text-sm text-danger">{errorText(error)}</p> : null}
      <div className="max-h-96 overflow-auto rounded border border-border">
        <table className="w-full min-w-[640px] text-sm">
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr className="h-8 text-right">
              <th className="px-3 font-medium">Step</th>
              <th className="px-3 font-medium">Epoch</th>
              <th className="px-3 text-left font-medium">Taken for</th>
              <th className="px-3 font-medium">Size</th>
              {metrics.map((name) => (
                <th key={name} className="px-3 font-medium">
                  {name}
                </th>
              ))}
              <th className="px-3 text-left font-medium">Hash</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className="h-7 border-t border-border text-right" data-pruned={row.pruned}>
                <td className="num px-3">{formatCount(row.step)}</td>
                <td className="num px-3">{row.epoch === null ? '–' : formatNumber(row.epoch, 4)}</td>
                <td className="px-3 text-left whitespace-nowrap">
                  <span className="inline-flex gap-1">
                    {row.reason.map((reason) => (
                      <Badge key={reason} tone={reason === 'best' ? 'accent' : 'neutral'}>
                        {REASONS[reason]}
                      </Badge>
                    ))}
                    {row.pruned ? (
                      <span className="text-muted" title="The rule of retention deleted the bytes; what the checkpoint was stays known.">
                        bytes deleted
                      </span>
                    ) : null}
                  </span>
                </td>
                <td className={row.pruned ? 'num px-3 text-faint line-through' : 'num px-3'}>{formatBytes(row.bytes)}</td>
                {metrics.map((name) => {
                  const value = row.metrics[name]
                  return (
                    <td key={name} className="px-3">
                      {value === undefined ? <span className="text-faint">–</span> : <NumberText value={fromStoredNumber(value)} aligned />}
                    </td>
                  )
                })}
                <td className="px-3 text-left font-mono text-xs text-muted" title={`${row.hash} (${row.format})`}>
                  {row.hash.slice(0, 8)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
