'use client'

import { formatTimestamp } from '../../core/format-duration.ts'
import { formatCount } from '../../core/format-number.ts'
import { runCharts } from '../../core/run-charts.ts'
import { Checkbox } from '../_ui/checkbox.tsx'
import { TimeAgo } from '../_ui/time-text.tsx'
import { CheckpointsSection } from './checkpoints-section.tsx'
import { EnsembleSection } from './ensemble-section.tsx'
import { LineageFamily } from './lineage-family.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'
import { useAbandoned } from './use-abandoned.ts'

/** Where the run came from, what came of it, how often it was started, what it saved, and what was given up on the way. */
export function LineageTab({ data }: { data: RunData }) {
  const { run, attempts, series } = data
  const [abandoned, setAbandoned] = useAbandoned()
  const superseded = series.filter((one) => one.superseded > 0)
  const { lead } = runCharts(series.map((one) => one.name))
  const example = superseded.find((one) => one.name === lead.trainLoss)?.name ?? superseded[0]?.name
  return (
    <div className="flex flex-col gap-5 px-4 py-3" data-testid="lineage-tab">
      <LineageFamily data={data} />
      <EnsembleSection data={data} />
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">Attempts</h2>
        <div className="max-w-3xl overflow-x-auto rounded border border-border">
          <table className="w-full min-w-[420px] text-sm">
            <thead className="bg-surface text-left text-xs text-muted">
              <tr className="h-8">
                <th className="px-3 font-medium">Attempt</th>
                <th className="px-3 font-medium">Started</th>
                <th className="px-3 font-medium">First step of its own</th>
              </tr>
            </thead>
            <tbody>
              {attempts.map((attempt) => (
                <tr key={attempt.attempt} className="h-7 border-t border-border">
                  <td className="num px-3">
                    {attempt.attempt}
                    {attempts.length > 1 && attempt.attempt === run.attempt ? <span className="text-faint"> newest</span> : null}
                  </td>
                  <td className="px-3" title={formatTimestamp(attempt.startedAt)}>
                    <TimeAgo at={attempt.startedAt} />
                  </td>
                  <td className="num px-3">{attempt.forkStep === null ? 'the first it logged' : formatCount(attempt.forkStep)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <CheckpointsSection data={data} />
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">Abandoned points</h2>
        {superseded.length === 0 ? (
          <p className="text-sm text-muted">None: every point logged is on the line.</p>
        ) : (
          <>
            <p className="text-sm text-muted">
              {formatCount(superseded.reduce((sum, one) => sum + one.superseded, 0))} points in {formatCount(superseded.length)}{' '}
              {superseded.length === 1 ? 'metric' : 'metrics'} were logged again at the same step or given up by a resume. They are kept, and left out
              of every figure.
            </p>
            <div className="flex items-center gap-2">
              <Checkbox
                id="show-abandoned"
                data-testid="show-abandoned"
                checked={abandoned}
                onChange={(event) => void setAbandoned(event.target.checked)}
              />
              <label htmlFor="show-abandoned">Show abandoned points in all charts of this page</label>
            </div>
            {example ? (
              <div className="max-w-3xl">
                <MetricChart data={data} names={[example]} title={example} />
              </div>
            ) : null}
          </>
        )}
      </section>
    </div>
  )
}
