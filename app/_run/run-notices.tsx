'use client'

import { useQueryState } from 'nuqs'
import { formatCount } from '../../core/format-number.ts'
import { Banner } from '../_ui/banner.tsx'
import type { RunData } from './run-data.ts'
import { runTabParser } from './run-tabs.ts'

/** What one must know before believing the charts below: loss of points, non-finite values, replaced points. */
export function RunNotices({ data, retrying }: { data: RunData; retrying: boolean }) {
  const { run, series } = data
  const [, setTab] = useQueryState('tab', runTabParser)
  // The worst first: what is sampled now and then must not stand before a loss that is gone.
  const broken = series.filter((one) => one.nonFinite > 0 && !one.name.startsWith('system/')).sort((a, b) => b.nonFinite - a.nonFinite)
  const superseded = series.reduce((sum, one) => sum + one.superseded, 0)
  return (
    <>
      {run.droppedPoints > 0 ? (
        <Banner tone="danger" testId="dropped-notice">
          <strong className="font-semibold">{formatCount(run.droppedPoints)} points were lost</strong>: the logger ran out of memory while the store
          could not be written. Charts and figures below lack them.
        </Banner>
      ) : null}
      {broken.length > 0 ? (
        <Banner tone="warning" testId="non-finite-notice">
          NaN or infinite values in{' '}
          {broken.slice(0, 4).map((one, index) => (
            <span key={one.name}>
              {index > 0 ? ', ' : ''}
              <span className="font-mono text-xs">{one.name}</span> ({formatCount(one.nonFinite)} of {formatCount(one.n)})
            </span>
          ))}
          {broken.length > 4 ? ` and ${broken.length - 4} more metrics` : ''}. They are marked on the charts; minimum, maximum and mean leave them
          out.
        </Banner>
      ) : null}
      {superseded > 0 ? (
        <Banner testId="superseded-notice">
          {formatCount(superseded)} earlier points were logged again at the same step or given up when the run was resumed. Charts show the newest
          line;{' '}
          <button type="button" className="text-accent hover:underline" onClick={() => void setTab('lineage')}>
            Lineage
          </button>{' '}
          shows the others.
        </Banner>
      ) : null}
      {retrying ? <Banner tone="warning">The server does not answer just now: what you see may be old. Trying again.</Banner> : null}
    </>
  )
}
