'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { nearMatches } from '../../core/near-matches.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'

/** The address names no study: says so and offers those whose names come close. */
export function UnknownStudy({ reference }: { reference: string }) {
  const query = useQuery(useTRPC().studies.list.queryOptions())
  const studies = query.data ?? []
  // Several projects may have a study of one name.
  const same = studies.filter(({ name }) => name === reference)
  const names = nearMatches(
    reference,
    studies.map(({ name }) => name),
    5,
  )
  const near = same.length > 0 ? same : studies.filter(({ name }) => names.includes(name))
  const short = reference.length > 60 ? `${reference.slice(0, 60)}…` : reference
  return (
    <div data-testid="unknown-study">
      <EmptyState
        title={same.length > 1 ? `${same.length} studies are called “${short}”` : `There is no study “${short}”`}
        actions={
          <Button asChild>
            <Link href="/ablations">All studies</Link>
          </Button>
        }
      >
        {near.length > 0 ? (
          <>
            <p className="mb-2">{same.length > 1 ? 'Which one?' : 'Did you mean'}</p>
            <ul className="inline-flex max-w-full flex-col gap-1 text-left">
              {near.map((study) => (
                <li key={study.id} className="flex min-w-0 flex-wrap items-center gap-x-3">
                  <Link className="min-w-0 truncate text-accent hover:underline" href={`/ablations/${study.id}`}>
                    {study.name}
                  </Link>
                  <span className="text-sm text-faint">{study.project}</span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="break-words">
            {query.isPending
              ? 'Looking for studies with a similar name…'
              : 'It may have been removed, or be in another store. No study here has a similar name.'}
          </p>
        )}
      </EmptyState>
    </div>
  )
}

/** The study was on this page and has been removed meanwhile, here or from elsewhere. */
export function DeletedStudy({ name, project }: { name: string; project: string }) {
  return (
    <div data-testid="deleted-study">
      <EmptyState
        title="This study was removed"
        actions={
          <>
            <Button asChild look="primary">
              <Link href="/ablations">All studies</Link>
            </Button>
            <Button asChild>
              <Link href={`/?${new URLSearchParams({ project })}`}>Runs of {project}</Link>
            </Button>
          </>
        }
      >
        <p className="break-words">
          <strong className="font-semibold text-text">{name}</strong> is no longer in the store. Its runs are, unless they were deleted too.
        </p>
      </EmptyState>
    </div>
  )
}
