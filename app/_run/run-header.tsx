'use client'

import { GitBranch } from 'lucide-react'
import Link from 'next/link'
import { runColour } from '../../core/colour.ts'
import { formatCount } from '../../core/format-number.ts'
import { Badge } from '../_ui/badge.tsx'
import { classNames } from '../_ui/class-names.ts'
import { RunStatusLabel } from '../_ui/status-dot.tsx'
import { DurationText, TimeAgo } from '../_ui/time-text.tsx'
import { CompareWith } from './compare-with.tsx'
import { EditableName } from './editable-name.tsx'
import { Fact } from './fact.tsx'
import { NotesEditor } from './notes-editor.tsx'
import { RunActions } from './run-actions.tsx'
import type { RunData } from './run-data.ts'
import { RunNeighbours } from './run-neighbours.tsx'
import { TagEditor } from './tag-editor.tsx'
import { useRunUpdate } from './use-run-update.ts'

/** What the run is and how it stands, with everything a person may change about it. */
export function RunHeader({ data }: { data: RunData }) {
  const { run } = data
  const { update } = useRunUpdate(run.id)
  const ended = run.status === 'running' ? null : (run.endedAt ?? run.heartbeatAt)
  const git = run.environment.git
  return (
    <header className="flex flex-col gap-2 px-4 pt-3 pb-2" data-testid="run-header">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-80 items-center gap-2">
          <span aria-hidden className="size-3 shrink-0 rounded-full" style={{ background: runColour(run) }} title="Colour of this run in charts" />
          <EditableName name={run.name} onSave={(name) => update({ name })} />
          <span className="num shrink-0 text-faint">#{run.number}</span>
          {run.archived ? <Badge tone="warning">archived</Badge> : null}
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          <RunNeighbours run={run} />
          <CompareWith run={run} />
          <RunActions run={run} onArchive={(archived) => update({ archived })} />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm" data-testid="run-facts">
        <RunStatusLabel status={run.status} reason={run.statusReason} showReason />
        <Fact label="Project">
          <Link className="text-accent hover:underline" href={`/?${new URLSearchParams({ project: run.project })}`}>
            {run.project}
          </Link>
        </Fact>
        {run.group === null ? null : <Fact label="Group">{run.group}</Fact>}
        <Fact label="Started">
          <TimeAgo at={run.startedAt} />
        </Fact>
        <Fact label={ended === null ? 'Running for' : 'Took'}>
          <DurationText startedAt={run.startedAt} endedAt={ended} className="num" />
        </Fact>
        <Fact label="Last step">
          <span className="num" data-testid="run-last-step">
            {lastStep(data)}
          </span>
        </Fact>
        {run.seed === null ? null : (
          <Fact label="Seed">
            <span className="num">{run.seed}</span>
          </Fact>
        )}
        {run.environment.host ? <Fact label="Host">{run.environment.host}</Fact> : null}
        {run.environment.device ? <Fact label="Device">{run.environment.device}</Fact> : null}
        {git ? (
          <Fact label={<GitBranch size={12} aria-label="Git commit" className="mb-px inline" />}>
            <span
              className="font-mono text-xs"
              title={`${git.commit}${git.branch ? ` on ${git.branch}` : ''}${git.dirty ? ', with uncommitted changes' : ''}`}
            >
              {git.commit.slice(0, 7)}
              {git.dirty ? <span className="text-warning"> + changes</span> : null}
            </span>
          </Fact>
        ) : null}
      </div>
      {/* Without notes both share a line, and the field for tags grows to the right: what is about to be clicked must not move. */}
      <div className={classNames('flex gap-x-3 gap-y-1.5', run.notes === '' ? 'flex-row-reverse flex-wrap items-center justify-end' : 'flex-col')}>
        <TagEditor tags={run.tags} onSave={(tags) => update({ tags })} />
        <NotesEditor notes={run.notes} onSave={(notes) => update({ notes })} />
      </div>
    </header>
  )
}

/** The highest step of anything but the machine's own figures, which count their own. */
function lastStep({ series }: RunData): string {
  const steps = series.filter((one) => !one.name.startsWith('system/')).map((one) => one.lastStep)
  return steps.length === 0 ? '–' : formatCount(steps.reduce((a, b) => Math.max(a, b)))
}
