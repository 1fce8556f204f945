'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatCount } from '../../core/format-number.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'

/** Nothing to compare: what was wrong with the address, and ways to choose runs. */
export function CompareStart({ missing = [], project = null }: { missing?: string[]; project?: string | null }) {
  const trpc = useTRPC()
  const { data: projects } = useQuery(trpc.projects.list.queryOptions())
  const title =
    missing.length > 0
      ? missing.length === 1
        ? 'This run is not in the store'
        : 'None of these runs is in the store'
      : project !== null
        ? `The project “${project}” has no runs`
        : 'No runs chosen'
  return (
    <div data-testid="compare-start">
      <EmptyState
        title={title}
        actions={
          <Button asChild look="primary">
            <Link href="/">Choose runs</Link>
          </Button>
        }
      >
        {missing.length > 0 ? (
          <p className="break-words">
            Deleted, or of another store: {missing.slice(0, 5).join(', ')}
            {missing.length > 5 ? ` and ${missing.length - 5} more` : ''}
          </p>
        ) : null}
        <p>Tick runs in the table and choose Compare, or take a whole project:</p>
        <ul className="mt-2 flex flex-wrap justify-center gap-2">
          {(projects ?? []).map((one) => (
            <li key={one.name}>
              <Button asChild size="small">
                <Link href={`/compare?${new URLSearchParams({ project: one.name })}`}>
                  {one.name}
                  <span className="num text-faint">{formatCount(one.runs)}</span>
                </Link>
              </Button>
            </li>
          ))}
        </ul>
      </EmptyState>
    </div>
  )
}
