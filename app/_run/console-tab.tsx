'use client'

import { ArrowDownToLine, WrapText } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { useCommands } from '../_shell/commands.ts'
import { Button } from '../_ui/button.tsx'
import { CopyButton } from '../_ui/copy-button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { ErrorState } from '../_ui/error-state.tsx'
import { SearchBox } from '../_ui/search-box.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { CodeSample } from './code-sample.tsx'
import { ConsoleView } from './console-view.tsx'
import type { RunData } from './run-data.ts'
import { useConsole } from './use-console.ts'

type Streams = 'all' | 'stdout' | 'stderr'

/** What the run printed: searchable, by stream, following the end while the run writes. */
export function ConsoleTab({ data }: { data: RunData }) {
  const { run } = data
  const { text, loading, error, hasEarlier, loadAll, retry } = useConsole(run.id)
  const [search, setSearch] = useState('')
  const [streams, setStreams] = useState<Streams>('all')
  const [wrap, setWrap] = useState(false)
  const [follow, setFollow] = useState(run.status === 'running')
  useCommands([{ id: 'console-follow', label: 'Follow the end of the console', group: 'Run', keys: 'f', run: () => setFollow(!follow) }])
  const wanted = search.trim().toLowerCase()
  const lines = useMemo(() => {
    let count = 0
    const numbered = text.lines.map((line) => ({ line, number: line.kind === 'text' ? ++count : null }))
    if (wanted === '' && streams === 'all') return numbered
    return numbered.filter(
      ({ line }) =>
        (streams === 'all' || line.stream === streams) && (wanted === '' || (line.kind === 'text' && line.plain.toLowerCase().includes(wanted))),
    )
  }, [text.lines, wanted, streams])
  const total = text.lines.filter((line) => line.kind === 'text').length
  if (error && text.lines.length === 0) return <ErrorState title="The console output could not be read" error={error} onRetry={retry} />
  if (text.lines.length === 0 && !loading)
    return (
      <EmptyState title={run.status === 'running' ? 'Nothing printed yet' : 'No console output was kept'}>
        <p>What a run prints is kept unless that is switched off:</p>
        <CodeSample>{'init({ project: "mnist", captureConsole: true })'}</CodeSample>
      </EmptyState>
    )
  return (
    <div className="flex flex-col gap-2 px-4 py-3" data-testid="console-tab">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox value={search} onChange={setSearch} label="Search console" placeholder="Lines that contain…" testId="console-search" />
        <Segmented
          label="Stream"
          value={streams}
          onChange={setStreams}
          options={[
            { value: 'all', label: 'All' },
            { value: 'stdout', label: 'stdout' },
            { value: 'stderr', label: 'stderr' },
          ]}
        />
        <span className="num text-sm text-faint" data-testid="console-count">
          {wanted || streams !== 'all'
            ? `${formatCount(lines.filter(({ line }) => line.kind === 'text').length)} of ${formatCount(total)} lines`
            : `${formatCount(total)} lines`}
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          <CopyButton
            compact
            label="Copy shown lines"
            text={() => lines.map(({ line }) => (line.kind === 'text' ? line.plain : `… ${line.lines} lines left out …`)).join('\n')}
          />
          <Button size="small" look={wrap ? 'primary' : 'plain'} aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
            <WrapText size={13} />
            Wrap
          </Button>
          <Button
            size="small"
            look={follow ? 'primary' : 'plain'}
            aria-pressed={follow}
            title="Follow the end (f)"
            data-testid="console-follow"
            onClick={() => setFollow(!follow)}
          >
            <ArrowDownToLine size={13} />
            Follow
          </Button>
        </span>
      </div>
      {hasEarlier ? (
        <p className="flex items-center gap-2 text-sm text-muted">
          Only the newest output is shown.
          <Button size="small" onClick={loadAll} disabled={loading}>
            {loading ? 'Reading…' : 'Load all of it'}
          </Button>
        </p>
      ) : null}
      {error ? (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      ) : null}
      <ConsoleView key={wrap ? 'wrapped' : 'plain'} lines={lines} wanted={wanted} wrap={wrap} follow={follow} onFollow={setFollow} />
    </div>
  )
}
