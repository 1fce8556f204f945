'use client'

import Link from 'next/link'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { formatCount } from '../../core/format-number.ts'
import { metricHeading } from '../../core/table/metric-column.ts'
import { Dialog } from '../_ui/dialog.tsx'
import { NumberText } from '../_ui/number-text.tsx'
import { RunStateText } from './run-state.tsx'
import type { CellChoice } from './study-workspace.tsx'

const CELL = 'px-2 py-1 align-top'

/** The runs behind one cell of the table. Null: closed. */
export function CellRuns({ choice, result, onClose }: { choice: CellChoice | null; result: StudyResult; onClose: () => void }) {
  const cell = choice && result.cells.find(({ variant, metric }) => variant === choice.variant && metric === choice.metric)
  const metric = result.metrics.find(({ name }) => name === choice?.metric)
  const label = result.variants.find(({ key }) => key === choice?.variant)?.label ?? ''
  return (
    <Dialog open={choice !== null} onClose={onClose} title={`${label} · ${metric ? metricHeading(metric) : ''}`} width="w-[680px]">
      {cell && metric ? (
        <div data-testid="cell-runs">
          <p className="num pb-2 text-muted">
            {cell.summary.defined ? (
              <>
                Mean <NumberText value={cell.summary.mean} digits={6} className="text-text" /> as logged, n = {cell.summary.n}, median{' '}
                <NumberText value={cell.summary.median} digits={6} />, from <NumberText value={cell.summary.min} digits={6} /> to{' '}
                <NumberText value={cell.summary.max} digits={6} />
              </>
            ) : (
              cell.summary.reason
            )}
          </p>
          {cell.values.length === 0 ? (
            <p className="text-muted">This variant has no runs.</p>
          ) : (
            <div className="overflow-x-auto">
              <table className="w-full text-sm">
                <thead className="text-left text-xs text-muted">
                  <tr>
                    {['Run', 'Seed', metric.name, 'Step', 'State'].map((heading, at) => (
                      <th key={heading} scope="col" className={`px-2 py-1 font-medium ${at === 1 || at === 2 || at === 3 ? 'text-right' : ''}`}>
                        {heading}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {cell.values.map((value) => (
                    <tr key={value.runId} className="border-t border-border" data-run={value.runId}>
                      <th scope="row" className={`${CELL} text-left font-normal`}>
                        <Link href={`/runs/${value.runId}`} prefetch={false} className="break-all text-accent hover:underline">
                          {value.runName}
                        </Link>
                        {value.note ? <p className="text-xs text-faint">{value.note}</p> : null}
                      </th>
                      <td className={`${CELL} num text-right`}>{value.seed ?? '–'}</td>
                      <td className={`${CELL} text-right`}>{value.value === null ? '–' : <NumberText value={value.value} digits={6} />}</td>
                      <td className={`${CELL} num text-right text-muted`}>{value.step === null ? '–' : formatCount(value.step)}</td>
                      <td className={`${CELL} whitespace-nowrap`}>
                        <RunStateText state={value.state} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      ) : (
        <p className="text-muted">The study has no such cell any more.</p>
      )}
    </Dialog>
  )
}
