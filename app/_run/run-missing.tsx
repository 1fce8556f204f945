'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { Run } from '../../core/run.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { RunStatusLabel } from '../_ui/status-dot.tsx'
import { TimeAgo } from '../_ui/time-text.tsx'
import { nearRuns } from './near-runs.ts'

/** The address names no run: says so and offers those whose names come close. */
export function UnknownRun({ reference }: { reference: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.runs.overview.queryOptions({ metrics: [] }))
  const near = nearRuns(reference, (query.data?.runs ?? []) as unknown as Run[])
  return (
    <div data-testid="unknown-run">
      <EmptyState
        title={`There is no run “${reference.length > 60 ? `${reference.slice(0, 60)}…` : reference}”`}
        actions={
          <Button asChild>
            <Link href="/">All runs</Link>
          </Button>
        }
      >
        {near.length > 0 ? (
          <>
            <p className="mb-2">Did you mean</p>
            <ul className="inline-flex max-w-full flex-col gap-1 text-left">
              {near.map((run) => (
                <li key={run.id} className="flex min-w-0 flex-wrap items-center gap-x-3">
                  <Link className="min-w-0 truncate text-accent hover:underline" href={`/runs/${run.id}`}>
                    {run.name}
                  </Link>
                  <span className="text-sm text-faint">
                    {run.project} #{run.number}
                  </span>
                  <RunStatusLabel status={run.status} />
                  <TimeAgo at={run.startedAt} className="text-sm text-faint" />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="break-words">
            {query.isPending
              ? 'Looking for runs with a similar name…'
              : 'It may have been deleted, or be in another store. No run here has a similar name.'}
          </p>
        )}
      </EmptyState>
    </div>
  )
}

/** The run was on this page and has been deleted meanwhile, here or from elsewhere. */
export function DeletedRun({ name, project }: { name: string; project: string }) {
  return (
    <div data-testid="deleted-run">
      <EmptyState
        title="This run was deleted"
        actions={
          <>
            <Button asChild look="primary">
              <Link href={`/?${new URLSearchParams({ project })}`}>Runs of {project}</Link>
            </Button>
            <Button asChild>
              <Link href="/">All runs</Link>
            </Button>
          </>
        }
      >
        <p className="break-words">
          <strong className="font-semibold text-text">{name}</strong> and its data are no longer in the store.
        </p>
      </EmptyState>
    </div>
  )
}
