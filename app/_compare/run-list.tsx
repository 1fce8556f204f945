'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { Eye, EyeOff, Pin, X } from 'lucide-react'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { runColour } from '../../core/colour.ts'
import { formatCount } from '../../core/format-number.ts'
import type { Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { classNames } from '../_ui/class-names.ts'
import { Input } from '../_ui/input.tsx'
import { MiddleText } from '../_ui/middle-text.tsx'
import { RunStatusLabel } from '../_ui/status-dot.tsx'

const ROW = 40

export interface RunListProps {
  runs: Run[]
  hidden: ReadonlySet<string>
  onHidden: (hidden: string[]) => void
  baselineId: string | null
  onBaseline: (id: string) => void
  /** Takes a run out of the comparison; absent where the runs are not picked one by one. */
  onRemove?: (id: string) => void
}

/** The compared runs: colour, visibility, baseline. Only the rows in view exist. */
export function RunList({ runs, hidden, onHidden, baselineId, onBaseline, onRemove }: RunListProps) {
  const [search, setSearch] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const wanted = search.trim().toLowerCase()
  const listed = runs.filter((run) =>
    `${run.name} #${run.number} ${run.group ?? ''} ${run.tags.join(' ')} ${run.status}`.toLowerCase().includes(wanted),
  )
  const virtualizer = useVirtualizer({ count: listed.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 10 })
  const visible = runs.length - runs.filter((run) => hidden.has(run.id)).length
  const setAll = (show: boolean) => {
    const ids = new Set(listed.map((run) => run.id))
    const others = [...hidden].filter((id) => !ids.has(id))
    onHidden(show ? others : [...others, ...ids])
  }
  const toggle = (id: string) => onHidden(hidden.has(id) ? [...hidden].filter((other) => other !== id) : [...hidden, id])
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="compare-runs">
      <div className="flex flex-col gap-1.5 border-b border-border p-2">
        <Input
          aria-label="Search the runs"
          placeholder="Name, tag, group or status"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div className="flex items-center gap-1 text-sm">
          <span className="num flex-1 whitespace-nowrap text-faint" data-testid="compare-visible">
            {formatCount(visible)} of {formatCount(runs.length)} shown
          </span>
          <Button look="quiet" size="small" className="px-1.5!" onClick={() => setAll(true)}>
            Show {wanted ? 'found' : 'all'}
          </Button>
          <Button look="quiet" size="small" className="px-1.5!" onClick={() => setAll(false)}>
            Hide {wanted ? 'found' : 'all'}
          </Button>
        </div>
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const run = listed[item.index]
            return run ? (
              <li key={run.id} className="absolute top-0 left-0 w-full" style={{ height: ROW, transform: `translateY(${item.start}px)` }}>
                <RunRow
                  run={run}
                  hidden={hidden.has(run.id)}
                  baseline={run.id === baselineId}
                  onToggle={() => toggle(run.id)}
                  onOnly={() => onHidden(runs.filter((other) => other.id !== run.id).map((other) => other.id))}
                  onBaseline={() => onBaseline(run.id)}
                  onRemove={onRemove ? () => onRemove(run.id) : undefined}
                />
              </li>
            ) : null
          })}
        </ul>
        {listed.length === 0 ? <p className="px-3 py-2 text-sm text-faint">No run matches.</p> : null}
      </div>
    </div>
  )
}

interface RunRowProps {
  run: Run
  hidden: boolean
  baseline: boolean
  onToggle: () => void
  onOnly: () => void
  onBaseline: () => void
  onRemove?: () => void
}

function RunRow({ run, hidden, baseline, onToggle, onOnly, onBaseline, onRemove }: RunRowProps) {
  const Icon = hidden ? EyeOff : Eye
  return (
    <div
      className={classNames(
        'group flex h-full items-center gap-1 border-b border-border pr-1.5 pl-1 text-sm hover:bg-surface-hover',
        hidden && 'opacity-60',
      )}
      data-run={run.id}
    >
      <Button
        look="quiet"
        size="small-icon"
        aria-pressed={!hidden}
        aria-label={`${hidden ? 'Show' : 'Hide'} ${run.name}`}
        title={`${hidden ? 'Show' : 'Hide'} (double-click: only this one)`}
        onClick={onToggle}
        onDoubleClick={onOnly}
      >
        <Icon size={14} />
      </Button>
      <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: runColour(run) }} />
      <span className="flex min-w-0 flex-1 flex-col pl-1 leading-[17px]">
        {/* Hundreds of rows: read ahead, their pages would hold up the charts. */}
        <Link href={`/runs/${run.id}`} prefetch={false} className="flex min-w-0 hover:underline">
          <MiddleText text={run.name} tail={8} />
        </Link>
        <span className="flex min-w-0 items-center gap-2 text-xs text-faint">
          <span className="num">#{run.number}</span>
          <RunStatusLabel status={run.status} reason={run.statusReason} />
        </span>
      </span>
      <Button
        look="quiet"
        size="small-icon"
        aria-pressed={baseline}
        aria-label={baseline ? `${run.name} is the baseline` : `Make ${run.name} the baseline`}
        title={baseline ? 'Baseline' : 'Make this the baseline'}
        className={baseline ? 'text-accent!' : 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100'}
        onClick={onBaseline}
      >
        <Pin size={13} fill={baseline ? 'currentColor' : 'none'} />
      </Button>
      {onRemove ? (
        <Button
          look="quiet"
          size="small-icon"
          aria-label={`Take ${run.name} out of the comparison`}
          title="Take out of the comparison"
          className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100"
          onClick={onRemove}
        >
          <X size={13} />
        </Button>
      ) : null}
    </div>
  )
}
