'use client'

import { useState } from 'react'
import { formatBytes } from '../../core/format-bytes.ts'
import { formatTimestamp } from '../../core/format-duration.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import type { Run, RunEnvironment } from '../../core/run.ts'
import { CopyButton } from '../_ui/copy-button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { SearchBox } from '../_ui/search-box.tsx'
import { DiffViewer } from './diff-viewer.tsx'
import { KeyValueRow } from './key-value-row.tsx'
import { RowSourceSection } from './row-source-section.tsx'
import { SourceSection } from './source-section.tsx'

/** Where and with what the run ran: machine, program, packages, and the code's uncommitted changes. */
export function EnvironmentTab({ run }: { run: Run }) {
  const { environment } = run
  const facts = environmentFacts(run)
  if (facts.length === 0 && !environment.git && !environment.packages)
    return (
      <EmptyState title="Nothing is known about where this run ran">
        <p>The program that wrote it recorded no environment.</p>
      </EmptyState>
    )
  return (
    <div className="flex flex-col gap-5 px-4 py-3" data-testid="environment-tab">
      <section>
        <div className="overflow-hidden rounded border border-border">
          {facts.map(([name, value, mono]) => (
            <KeyValueRow key={name} name={name} value={value} mono={mono} />
          ))}
        </div>
      </section>
      {environment.source?.kind === 'tfevents' ? <SourceSection source={environment.source} /> : null}
      {environment.source && environment.source.kind !== 'tfevents' ? <RowSourceSection source={environment.source} /> : null}
      {environment.git ? <GitSection git={environment.git} /> : null}
      {environment.packages && Object.keys(environment.packages).length > 0 ? <Packages packages={environment.packages} /> : null}
    </div>
  )
}

function environmentFacts({ environment: e, startedAt, writerVersion, id, jobType }: Run): [name: string, value: string, mono?: boolean][] {
  const facts: [string, string | undefined, boolean?][] = [
    ['Command', e.command, true],
    ['Working folder', e.cwd, true],
    ['Host', e.host],
    ['User', e.user],
    ['Process', e.pid === undefined ? undefined : String(e.pid)],
    ['Operating system', e.os],
    ['CPU', e.cpu === undefined ? undefined : e.cores === undefined ? e.cpu : `${e.cpu}, ${e.cores} ${e.cores === 1 ? 'core' : 'cores'}`],
    ['Memory', e.memoryBytes === undefined ? undefined : formatBytes(e.memoryBytes)],
    ['GPU', e.gpu?.join('\n')],
    ['Training device', e.device],
    ['Node', e.node],
    ['Job type', jobType ?? undefined],
    ['Written by', e.writer ?? `lossboard ${writerVersion}`],
    ['Started', formatTimestamp(startedAt)],
    ['Run id', id, true],
  ]
  return facts.filter((fact): fact is [string, string, boolean?] => fact[1] !== undefined && fact[1] !== '')
}

function GitSection({ git }: { git: NonNullable<RunEnvironment['git']> }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">Code</h2>
      <div className="overflow-hidden rounded border border-border">
        <KeyValueRow name="Commit" mono value={git.commit} />
        {git.branch ? <KeyValueRow name="Branch" mono value={git.branch} /> : null}
        {git.remote ? <KeyValueRow name="Remote" mono value={git.remote} /> : null}
        <KeyValueRow name="Working tree" value={git.dirty ? 'had uncommitted changes' : 'clean'} />
      </div>
      {git.diff ? <DiffViewer diff={git.diff} truncated={git.diffTruncated ?? false} /> : null}
      {git.dirty && !git.diff ? <p className="text-sm text-faint">The changes themselves were not recorded.</p> : null}
    </section>
  )
}

function Packages({ packages }: { packages: Record<string, string> }) {
  const [search, setSearch] = useState('')
  const all = Object.entries(packages).sort(([a], [b]) => naturalCompare(a, b))
  const shown = all.filter(([name]) => name.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">Packages</h2>
        <SearchBox value={search} onChange={setSearch} label="Search packages" placeholder="Package" className="w-48" />
        <span className="num text-sm text-faint">{search ? `${shown.length} of ${all.length}` : all.length}</span>
        <span className="ml-auto">
          <CopyButton label="Copy list" text={() => all.map(([name, version]) => `${name}@${version}`).join('\n')} />
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="text-sm text-faint">No package matches.</p>
      ) : (
        <ul className="grid max-h-80 grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-x-6 overflow-y-auto rounded border border-border px-3 py-2">
          {shown.map(([name, version]) => (
            <li key={name} className="flex min-w-0 justify-between gap-2 font-mono text-sm">
              <span className="truncate" title={name}>
                {name}
              </span>
              <span className="num shrink-0 text-muted">{version}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
