'use client'

import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { ErrorState } from '../_ui/error-state.tsx'
import { TimeAgo } from '../_ui/time-text.tsx'
import { NoStudies } from './no-studies.tsx'
import { RemoveStudy } from './remove-study.tsx'
import { RunCounts } from './run-counts.tsx'
import { SHAPE_TEXTS } from './shape-text.ts'
import { StudySkeleton } from './study-skeleton.tsx'
import { useStudies } from './use-studies.ts'

const CELL = 'px-2 py-1.5 align-top'

/** Every ablation study of the store. */
export function StudiesPage() {
  const [project, setProject] = useQueryState('project', parseAsString)
  const query = useStudies(project)
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const [removing, setRemoving] = useState<{ id: string; name: string; project: string } | null>(null)
  useEffect(() => {
    document.title = 'Ablation studies · Lossboard'
  }, [])
  const { data: studies } = query
  if (!studies) {
    if (query.error) return <ErrorState title="The studies could not be read" error={query.error} onRetry={() => void query.refetch()} />
    return <StudySkeleton />
  }
  return (
    <div className="p-3" data-testid="studies-page">
      <div className="flex flex-wrap items-baseline gap-x-3 pb-2">
        <h1 className="text-lg font-semibold">Ablation studies</h1>
        <span className="num text-sm text-faint">{formatCount(studies.length)}</span>
        {project === null ? null : (
          <span className="text-sm text-muted">
            of {project}{' '}
            <button type="button" className="text-accent hover:underline" onClick={() => void setProject(null)}>
              show all
            </button>
          </span>
        )}
      </div>
      {studies.length === 0 ? (
        <NoStudies project={project} />
      ) : (
        <div className="relative overflow-x-auto rounded border border-border">
          <table className="w-full text-sm" data-testid="studies-table">
            <thead className="bg-surface text-left text-xs text-muted">
              <tr>
                {['Study', 'Project', 'Shape', 'Variants', 'Metrics', 'Runs', 'Changed', ''].map((heading) => (
                  <th key={heading} scope="col" className="px-2 py-1.5 font-medium whitespace-nowrap">
                    {heading === '' ? <span className="sr-only">Actions</span> : heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {studies.map((study) => (
                <tr key={study.id} className="border-t border-border hover:bg-surface-hover" data-study={study.id}>
                  <th scope="row" className={`${CELL} min-w-40 text-left font-medium break-words`}>
                    <Link href={`/ablations/${study.id}`} prefetch={false} className="text-text hover:text-accent hover:underline">
                      {study.name}
                    </Link>
                  </th>
                  <td className={`${CELL} text-muted`}>{study.project}</td>
                  <td className={`${CELL} whitespace-nowrap text-muted`} title={SHAPE_TEXTS[study.shape].meaning}>
                    {SHAPE_TEXTS[study.shape].name}
                    {study.origin === 'declared' ? <span className="text-faint"> · declared</span> : null}
                  </td>
                  <td className={`${CELL} num whitespace-nowrap`}>
                    {formatCount(study.variants)}
                    {study.seeds === null ? null : <span className="text-faint"> × {study.seeds} seeds</span>}
                  </td>
                  <td className={`${CELL} max-w-64 text-muted`}>{study.metrics.join(', ')}</td>
                  <td className={`${CELL} num`}>
                    <RunCounts {...study.runs} />
                  </td>
                  <td className={`${CELL} whitespace-nowrap text-faint`}>
                    <TimeAgo at={study.updatedAt} />
                  </td>
                  <td className="px-2 text-right align-middle">
                    <Button
                      look="quiet"
                      size="small-icon"
                      aria-label={`Remove the study ${study.name}`}
                      title={info?.readOnly ? 'The store is open read-only' : 'Remove the study; its runs stay'}
                      disabled={info?.readOnly ?? false}
                      onClick={() => setRemoving(study)}
                    >
                      <Trash2 size={13} />
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <RemoveStudy study={removing} onClose={() => setRemoving(null)} />
    </div>
  )
}
