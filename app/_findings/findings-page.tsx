'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { useCommands } from '../_shell/commands.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { ErrorState } from '../_ui/error-state.tsx'
import { Input } from '../_ui/input.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { filterFindings, LEAST_SEVERITIES } from './filter-findings.ts'
import { FindingRow } from './finding-row.tsx'
import { FindingsSkeleton } from './findings-skeleton.tsx'
import { MuteDialog, type ToMute } from './mute-dialog.tsx'
import { NoFindings } from './no-findings.tsx'
import { useFocusKept } from './use-focus-kept.ts'
import { useProjectFindings } from './use-project-findings.ts'

/** Rows shown at first, and more at a time. */
const STEP = 200

/** Everything wrong across runs, the gravest first, then the newest. */
export function FindingsPage() {
  const [project, setProject] = useQueryState('project', parseAsString)
  const [search, setSearch] = useQueryState('filter', parseAsString.withDefault('').withOptions({ throttleMs: 200 }))
  const [least, setLeast] = useQueryState('least', parseAsStringLiteral(LEAST_SEVERITIES).withDefault('warning'))
  const [muted, setMuted] = useQueryState('muted', parseAsBoolean.withDefault(false))
  const query = useProjectFindings(project)
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const [muting, setMuting] = useState<ToMute | null>(null)
  const [rows, setRows] = useState(STEP)
  const searchBox = useRef<HTMLInputElement>(null)
  const focusKept = useFocusKept()
  useEffect(() => {
    document.title = 'Findings · Lossboard'
  }, [])
  useCommands([
    { id: 'findings-search', label: 'Search the findings', group: 'Findings', keys: '/', run: () => searchBox.current?.focus(), keyboardOnly: true },
    {
      id: 'findings-muted',
      label: muted ? 'Show what is not muted' : 'Show muted findings',
      group: 'Findings',
      keys: 'm',
      run: () => void setMuted(!muted),
    },
  ])
  const { data } = query
  const filtered = useMemo(() => (data ? filterFindings(data.findings, { least, muted, search }) : null), [data, least, muted, search])
  if (!data || !filtered) {
    if (query.error) return <ErrorState title="The findings could not be read" error={query.error} onRetry={() => void query.refetch()} />
    return <FindingsSkeleton />
  }
  const { shown, counts, mutedTotal } = filtered
  const readOnly = info?.readOnly ?? false
  return (
    <div {...focusKept} className="flex flex-col gap-2 p-3 outline-none" data-testid="findings-page">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="text-lg font-semibold">Findings</h1>
        <span className="num text-sm text-faint">
          {formatCount(data.runs)} {data.runs === 1 ? 'run' : 'runs'}
        </span>
        {project === null ? null : (
          <span className="text-sm text-muted">
            of {project}{' '}
            <button type="button" className="text-accent hover:underline" onClick={() => void setProject(null)}>
              show all
            </button>
          </span>
        )}
        {data.unseen > 0 ? (
          <span role="status" className="num text-sm text-muted" data-testid="unseen">
            {formatCount(data.unseen)} {data.unseen === 1 ? 'run' : 'runs'} not yet checked, the newest first
          </span>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Least severity"
          value={least}
          onChange={(value) => void setLeast(value)}
          options={[
            { value: 'critical', label: `Critical ${formatCount(counts.critical)}` },
            { value: 'warning', label: `and warnings ${formatCount(counts.warning)}` },
            { value: 'info', label: `and notes ${formatCount(counts.info)}` },
          ]}
        />
        <Input
          ref={searchBox}
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          placeholder="Search: overfitting, a layer, a run"
          aria-label="Search the findings"
          className="max-sm:w-full sm:w-72"
        />
        {mutedTotal > 0 || muted ? (
          <Button look={muted ? 'plain' : 'quiet'} aria-pressed={muted} onClick={() => void setMuted(!muted)} data-testid="toggle-muted">
            {formatCount(mutedTotal)} muted
          </Button>
        ) : null}
      </div>
      {shown.length === 0 ? (
        <NoFindings
          data={data}
          notes={counts.info}
          muted={muted}
          searching={search !== ''}
          onShowNotes={() => void setLeast('info')}
          onClear={() => void setSearch(null)}
        />
      ) : (
        <ul className="rounded border border-border" aria-label="Findings">
          {shown.slice(0, rows).map((finding) => (
            <FindingRow
              key={`${finding.runId} ${finding.rule} ${finding.subjects.join()}`}
              finding={finding}
              showProject={project === null}
              readOnly={readOnly}
              onMute={() => setMuting({ rule: finding.rule, title: finding.title, subjects: finding.subjects, run: finding.run })}
            />
          ))}
        </ul>
      )}
      {shown.length > rows ? (
        <Button className="self-center" onClick={() => setRows(rows + STEP)}>
          Show more of {formatCount(shown.length)}
        </Button>
      ) : null}
      {data.total > data.findings.length ? (
        <p className="text-center text-sm text-muted">
          The gravest {formatCount(data.findings.length)} of {formatCount(data.total)} findings:{' '}
          <Link href="/" className="text-accent hover:underline">
            filter the runs
          </Link>{' '}
          for the others.
        </p>
      ) : null}
      <MuteDialog finding={muting} onClose={() => setMuting(null)} />
    </div>
  )
}
