'use client'

import { parseAsBoolean, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { canonicalJson, configDiff, configText } from '../../core/config-diff.ts'
import type { Json, Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { classNames } from '../_ui/class-names.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { RunMatrix } from './run-matrix.tsx'

/** Settings by run: those that differ, or all of them. Values unlike the baseline's stand out. */
export function ConfigDiffTable({ runs, baselineId, matches }: { runs: Run[]; baselineId: string | null; matches: (name: string) => boolean }) {
  const [showSame, setShowSame] = useQueryState('same', parseAsBoolean.withDefault(false))
  const diff = useMemo(() => configDiff(runs.map((run) => run.config)), [runs])
  const baseline = Math.max(
    0,
    runs.findIndex((run) => run.id === baselineId),
  )
  if (diff.rows.length === 0) return <EmptyState title="None of these runs logged a config" />
  const rows = diff.rows.filter((row) => (showSame || row.differs) && matches(row.key))
  return (
    <div className="flex flex-col gap-2" data-testid="config-diff">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span data-testid="config-diff-count">
          {runs.length === 1 ? 'One run: nothing to differ. ' : `${diff.differing} of ${diff.rows.length} settings differ. `}
          {diff.same > 0 && !showSame ? `${diff.same} the same in all ${runs.length === 1 ? 'of it' : `${runs.length} runs`}, hidden.` : ''}
        </span>
        {diff.same > 0 ? (
          <Button size="small" aria-pressed={showSame} onClick={() => setShowSame(!showSame)}>
            {showSame ? 'Only differences' : 'Show all'}
          </Button>
        ) : null}
      </p>
      {rows.length === 0 ? (
        <p className="py-6 text-center text-muted">{diff.differing === 0 ? 'These runs have the same config.' : 'No setting matches the search.'}</p>
      ) : (
        <RunMatrix
          testId="config-diff-table"
          label="Config by run"
          corner="Setting"
          runs={runs}
          baselineId={runs[baseline]?.id ?? null}
          rowHeight={28}
          rows={rows.map((row) => ({
            key: row.key,
            label: (
              <span className={classNames('truncate', !row.differs && 'text-faint')} title={row.key}>
                {row.key}
              </span>
            ),
            cell: (index) => <Value value={row.values[index]} unlike={index !== baseline && !same(row.values[index], row.values[baseline])} />,
          }))}
        />
      )}
    </div>
  )
}

function Value({ value, unlike }: { value: Json | undefined; unlike: boolean }) {
  const text = configText(value)
  return (
    <span
      title={value === undefined ? 'not set' : text}
      className={classNames(
        'truncate font-mono',
        value === undefined && 'text-faint',
        unlike && value !== undefined && '-mx-1 rounded bg-accent-soft px-1 text-accent',
      )}
    >
      {text}
    </span>
  )
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b)
}
