'use client'

import { useQuery } from '@tanstack/react-query'
import type { Overview } from '../../core/overview.ts'
import type { RunLink } from '../../core/run-link.ts'
import { type Packed, unpack } from '../../core/wire.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { NumberText } from '../_ui/number-text.tsx'
import { LinkedRun, LinkedStatus, linkStep } from './linked-run.tsx'
import type { RunData } from './run-data.ts'

/** Looked up for the ensemble and its members; a column appears when one of them has it. */
const METRICS = ['test/accuracy', 'test/loss', 'test/f1-macro', 'test/top-5-accuracy', 'val/accuracy', 'val/loss']

/** Members of an ensemble beside the ensemble itself, and the ensembles that a run is part of. */
export function EnsembleSection({ data }: { data: RunData }) {
  const { links, run } = data
  const members = links.to.filter((link) => link.role === 'member')
  const ensembles = links.from.filter((link) => link.role === 'member')
  if (members.length + ensembles.length === 0) return null
  return (
    <section className="flex flex-col gap-2" data-testid="ensemble">
      <h2 className="font-semibold">{members.length > 0 ? `Ensemble of ${members.length}` : 'Ensembles'}</h2>
      {members.length > 0 ? <Members id={run.id} name={run.name} members={members} /> : null}
      {ensembles.length > 0 ? (
        <div className="text-sm">
          Member of:
          <ul className="mt-0.5 list-disc pl-5">
            {ensembles.map((link) => (
              <li key={`${link.run.id} ${link.step}`}>
                <LinkedRun link={link} />, with {linkStep(link)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  )
}

function Members({ id, name, members }: { id: string; name: string; members: RunLink[] }) {
  const trpc = useTRPC()
  const ids = [...new Set([id, ...members.filter((link) => !link.run.deleted).map((link) => link.run.id)])].slice(0, 10_000)
  const query = useQuery(
    trpc.runs.overview.queryOptions({ ids, metrics: METRICS }, { select: (wire) => unpack<Overview>(wire as unknown as Packed<Overview>) }),
  )
  const overview = query.data
  const columns = overview?.metrics.filter((metric) => metric.n.some((n) => n > 0)) ?? []
  const row = (runId: string) => overview?.runs.findIndex((one) => one.id === runId) ?? -1
  const values = (runId: string) =>
    columns.map((column) => {
      const at = row(runId)
      return (
        <td key={column.name} className="px-3 text-right">
          {at >= 0 && (column.n[at] ?? 0) > 0 ? <NumberText value={column.last[at] ?? Number.NaN} aligned /> : <span className="text-faint">–</span>}
        </td>
      )
    })
  return (
    <>
      {query.isError ? <p className="text-sm text-danger">{errorText(query.error)}</p> : null}
      <div className="max-w-5xl overflow-x-auto rounded border border-border">
        <table className="w-full min-w-[520px] text-sm">
          <thead className="bg-surface text-left text-xs text-muted">
            <tr className="h-8">
              <th className="px-3 font-medium">Member</th>
              <th className="px-3 font-medium">Weights of</th>
              <th className="px-3 font-medium">Status</th>
              {columns.map((column) => (
                <th key={column.name} className="px-3 text-right font-medium">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {members.map((link, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one run may be a member several times, with weights of several steps
              <tr key={index} className="h-7 border-t border-border">
                <td className="px-3">
                  <LinkedRun link={link} />
                </td>
                <td className="num px-3 text-muted">{linkStep(link)}</td>
                <td className="px-3">
                  <LinkedStatus link={link} />
                </td>
                {values(link.run.id)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="h-7 border-t border-border-strong bg-surface font-medium">
              <td className="px-3 [overflow-wrap:anywhere]">{name}</td>
              <td className="px-3 text-muted">the ensemble</td>
              <td />
              {values(id)}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="text-xs text-faint">
        Figures of members are the last of their runs, which may be of another step than the weights that were taken.
      </p>
    </>
  )
}
