'use client'

import { useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { SearchBox } from '../_ui/search-box.tsx'
import { CodeSample } from './code-sample.tsx'
import { RecordKeysTable } from './record-keys-table.tsx'
import type { RunData } from './run-data.ts'
import { type SeriesSort, sortSeries } from './series-columns.ts'
import { SeriesTable } from './series-table.tsx'

/** Every series and record of the run in figures. */
export function DataTab({ data }: { data: RunData }) {
  const { series, records, run } = data
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<SeriesSort>({ key: 'name', descending: false })
  const wanted = search.trim().toLowerCase()
  const shown = useMemo(
    () =>
      sortSeries(
        series.filter((one) => one.name.toLowerCase().includes(wanted)),
        sort,
      ),
    [series, wanted, sort],
  )
  if (series.length === 0 && records.length === 0)
    return (
      <EmptyState title="No data yet">
        <p>{run.status === 'running' ? 'The run has started and logged nothing so far.' : 'The run ended without logging anything.'}</p>
        <CodeSample>{"run.log({ 'train/loss': loss }, step)"}</CodeSample>
      </EmptyState>
    )
  const points = series.reduce((sum, one) => sum + one.n, 0)
  return (
    <div className="flex flex-col gap-3 px-4 py-3" data-testid="data-tab">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox value={search} onChange={setSearch} label="Search metrics" placeholder="Metric name" testId="data-search" />
        <span className="num text-sm text-faint">
          {wanted ? `${formatCount(shown.length)} of ${formatCount(series.length)}` : formatCount(series.length)} metrics, {formatCount(points)}{' '}
          points
        </span>
      </div>
      <p className="text-sm text-faint">
        Figures are over all points of the newest line. Minimum, maximum (with the first step that reached them) and mean leave out NaN and infinite
        values; last is the value at the highest step, whatever it is.
      </p>
      <SeriesTable runId={run.id} series={shown} sort={sort} onSort={setSort} />
      {records.length > 0 ? <RecordKeysTable records={records} /> : null}
    </div>
  )
}
