'use client'

import { useMemo } from 'react'
import { formatCount } from '../../core/format-number.ts'
import type { FactsValue } from '../../core/kinds/values.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import { CopyButton } from '../_ui/copy-button.tsx'
import { errorText } from '../_ui/error-text.ts'
import { ConfigTree } from './config-tree.tsx'
import { recordsAt } from './record-steps.ts'
import type { RunData } from './run-data.ts'
import { useRecords } from './use-records.ts'

/** What the run recorded about itself beside its settings: data sets with their hashes, preprocessing, as logged last. */
export function FactsSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'facts', data.records)
  const facts = useMemo(
    () =>
      recordsAt(records, Number.POSITIVE_INFINITY)
        .sort((a, b) => naturalCompare(a.name, b.name))
        .flatMap(({ name, shown }) => shown.slice(-1).map((record) => ({ name, record, value: (record.payload as unknown as FactsValue).data }))),
    [records],
  )
  if (n === 0) return null
  return (
    <>
      {error ? <p className="text-sm text-danger">{errorText(error)}</p> : null}
      {facts.map(({ name, record, value }) => (
        <section key={name} className="flex flex-col gap-2" data-testid="facts" data-name={name}>
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-semibold [overflow-wrap:anywhere]">{name}</h2>
            <span className="num text-sm text-faint">recorded at step {formatCount(record.step)}</span>
            <span className="ml-auto">
              <CopyButton label="Copy as JSON" text={() => JSON.stringify(value, null, 2)} />
            </span>
          </div>
          <div className="overflow-hidden rounded border border-border">
            <ConfigTree value={value} depth={0} />
          </div>
        </section>
      ))}
    </>
  )
}
