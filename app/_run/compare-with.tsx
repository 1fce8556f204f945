'use client'

import { useQuery } from '@tanstack/react-query'
import { GitCompareArrows } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { runColour } from '../../core/colour.ts'
import type { Run } from '../../core/run.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Input } from '../_ui/input.tsx'
import { MiddleText } from '../_ui/middle-text.tsx'
import { Popover } from '../_ui/popover.tsx'
import { RunStatusLabel } from '../_ui/status-dot.tsx'

const SHOWN = 50

/** Picks runs of the same project to look at beside this one. */
export function CompareWith({ run }: { run: Run }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Compare with"
      align="end"
      className="w-80"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button data-testid="compare-with">
          <GitCompareArrows size={14} />
          Compare with…
        </Button>
      }
    >
      {open ? <Picker run={run} /> : null}
    </Popover>
  )
}

function Picker({ run }: { run: Run }) {
  const trpc = useTRPC()
  const router = useRouter()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const query = useQuery(trpc.runs.overview.queryOptions({ project: run.project, metrics: [] }, { staleTime: 5_000 }))
  const wanted = search.trim().toLowerCase()
  const others = ((query.data?.runs ?? []) as unknown as Run[])
    .filter((other) => other.id !== run.id && !other.archived)
    .filter((other) => `${other.name} #${other.number} ${other.group ?? ''} ${other.tags.join(' ')}`.toLowerCase().includes(wanted))
    .sort((a, b) => b.number - a.number)
  const go = (ids: string[]) => router.push(`/compare?runs=${[run.id, ...ids].join(',')}`)
  return (
    <div className="flex max-h-96 flex-col">
      <div className="border-b border-border p-2">
        <Input
          autoFocus
          aria-label="Find a run"
          placeholder={`Find a run in ${run.project}`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto p-1">
        {others.slice(0, SHOWN).map((other) => (
          <li key={other.id}>
            <label className="flex h-7 cursor-pointer items-center gap-2 rounded px-2 text-sm hover:bg-surface-hover">
              <input
                type="checkbox"
                className="accent-accent"
                checked={chosen.includes(other.id)}
                onChange={() => setChosen(chosen.includes(other.id) ? chosen.filter((id) => id !== other.id) : [...chosen, other.id])}
              />
              <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: runColour(other) }} />
              <MiddleText text={other.name} className="flex-1" />
              <RunStatusLabel status={other.status} reason={other.statusReason} />
            </label>
          </li>
        ))}
        {query.isPending ? <li className="px-2 py-1 text-sm text-faint">Reading runs…</li> : null}
        {query.isError ? <li className="px-2 py-1 text-sm text-danger">{errorText(query.error)}</li> : null}
        {query.isSuccess && others.length === 0 ? (
          <li className="px-2 py-1 text-sm text-faint">{wanted ? 'No run matches.' : `${run.project} has no other run.`}</li>
        ) : null}
        {others.length > SHOWN ? <li className="px-2 py-1 text-xs text-faint">{others.length - SHOWN} more: type to narrow down.</li> : null}
      </ul>
      <div className="flex items-center gap-2 border-t border-border p-2">
        <Button look="primary" size="small" disabled={chosen.length === 0} onClick={() => go(chosen)}>
          Compare {chosen.length > 0 ? `${chosen.length + 1} runs` : ''}
        </Button>
        <Button look="quiet" size="small" onClick={() => router.push(`/compare?project=${encodeURIComponent(run.project)}`)}>
          Whole project
        </Button>
      </div>
    </div>
  )
}
