'use client'

import Link from 'next/link'
import { formatCount } from '../../core/format-number.ts'
import { Button } from '../_ui/button.tsx'
import { SeverityMark } from '../_ui/severity-mark.tsx'
import { TimeAgo } from '../_ui/time-text.tsx'
import { UnmuteButton } from './unmute-button.tsx'
import type { ListedFinding } from './use-project-findings.ts'

interface FindingRowProps {
  finding: ListedFinding
  showProject: boolean
  readOnly: boolean
  onMute: () => void
}

/** One finding of one run in the list over runs; leads to it on the page of the run. */
export function FindingRow({ finding, showProject, readOnly, onMute }: FindingRowProps) {
  const { run, rule, severity, title, subjects, says, firstStep, wall, causedBy, mute } = finding
  const address = `/runs/${encodeURIComponent(run.id)}?${new URLSearchParams({ finding: rule })}`
  return (
    <li
      className="grid grid-cols-[84px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-border px-3 py-1.5 last:border-b-0 hover:bg-surface-hover max-sm:grid-cols-[minmax(0,1fr)_auto]"
      data-testid="finding-row"
      data-severity={severity}
    >
      <SeverityMark severity={severity} className="h-5 max-sm:col-span-2" />
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <Link href={address} prefetch={false} className="font-medium text-text hover:text-accent hover:underline">
            {title}
          </Link>
          {subjects.length > 0 ? (
            <span className="text-muted">
              {' '}
              in {subjects.slice(0, 3).join(', ')}
              {subjects.length > 3 ? ` and ${subjects.length - 3} more` : ''}
            </span>
          ) : null}
          <span className="text-muted"> · </span>
          <Link href={address} prefetch={false} className="text-sm text-muted hover:text-accent hover:underline">
            {run.name}
          </Link>
          {showProject ? <span className="text-sm text-faint"> in {run.project}</span> : null}
        </p>
        {says ? <p className="text-sm text-muted [overflow-wrap:anywhere]">{says}</p> : null}
        <p className="text-xs text-faint [overflow-wrap:anywhere]">
          <span className="num">since step {formatCount(firstStep)}</span> · <TimeAgo at={wall} />
          {causedBy === null ? null : ` · follows from ${causedBy.replaceAll('-', ' ')}`}
          {mute === null ? null : ` · muted${mute.runId === null ? ' in the whole project' : ''}: ${mute.reason}`}
        </p>
      </div>
      {mute ? (
        <UnmuteButton id={mute.id} readOnly={readOnly} />
      ) : (
        <Button
          look="quiet"
          size="small"
          disabled={readOnly}
          title={readOnly ? 'The store is open read-only' : undefined}
          aria-label={`Mute ${title} of ${run.name}`}
          onClick={onMute}
        >
          Mute…
        </Button>
      )}
    </li>
  )
}
