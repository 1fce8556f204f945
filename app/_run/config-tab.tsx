'use client'

import { useState } from 'react'
import { configText, flattenConfig } from '../../core/config-diff.ts'
import { CopyButton } from '../_ui/copy-button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { SearchBox } from '../_ui/search-box.tsx'
import { CodeSample } from './code-sample.tsx'
import { ConfigTree } from './config-tree.tsx'
import { FactsSection } from './facts-section.tsx'
import { KeyValueRow } from './key-value-row.tsx'
import type { RunData } from './run-data.ts'

/** The run's config (a tree, or the flat list of keys that match the search), its summary, and the facts it recorded. */
export function ConfigTab({ data }: { data: RunData }) {
  const { run } = data
  const recorded = data.records.some((record) => record.kind === 'facts') || Object.keys(run.summary).length > 0
  const [search, setSearch] = useState('')
  const flat = [...flattenConfig(run.config)]
  if (flat.length === 0 && !recorded)
    return (
      <EmptyState title="No config was logged">
        <p>Give the settings of a run when it starts, and runs can be compared by them:</p>
        <CodeSample>{'init({ project: "mnist", config: { lr: 1e-3, batch: 64 } })'}</CodeSample>
      </EmptyState>
    )
  const wanted = search.trim().toLowerCase()
  const matches = flat.filter(([key, value]) => `${key} ${configText(value)}`.toLowerCase().includes(wanted))
  return (
    <div className="flex flex-col gap-3 px-4 py-3" data-testid="config-tab">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox value={search} onChange={setSearch} label="Search config" placeholder="Key or value" />
        <span className="num text-sm text-faint">
          {wanted ? `${matches.length} of ${flat.length} settings` : `${flat.length} ${flat.length === 1 ? 'setting' : 'settings'}`}
        </span>
        <span className="ml-auto">
          <CopyButton label="Copy as JSON" text={() => JSON.stringify(run.config, null, 2)} />
        </span>
      </div>
      <div className="overflow-hidden rounded border border-border">
        {flat.length === 0 ? (
          <p className="px-3 py-2 text-faint">No settings were given.</p>
        ) : wanted === '' ? (
          <ConfigTree value={run.config} depth={0} />
        ) : matches.length > 0 ? (
          matches.map(([key, value]) => <KeyValueRow key={key} name={key} value={configText(value)} mono />)
        ) : (
          <p className="px-3 py-2 text-faint">No key or value contains “{search.trim()}”.</p>
        )}
      </div>
      {Object.keys(run.summary).length > 0 ? (
        <section className="flex flex-col gap-2" data-testid="summary">
          <h2 className="font-semibold">Summary</h2>
          <div className="overflow-hidden rounded border border-border">
            <ConfigTree value={run.summary} depth={0} />
          </div>
        </section>
      ) : null}
      <FactsSection data={data} />
    </div>
  )
}
