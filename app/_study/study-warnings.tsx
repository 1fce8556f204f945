'use client'

import { ChevronDown, ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { StudyWarning } from '../../core/ablation/study-warning.ts'

const SEVERITIES = ['error', 'warning', 'info'] as const
const WORDS: Record<StudyWarning['severity'], { one: string; many: string; look: string; icon: typeof Info }> = {
  error: { one: 'number that cannot be given', many: 'numbers that cannot be given', look: 'text-danger', icon: CircleAlert },
  warning: {
    one: 'thing to know before trusting these numbers',
    many: 'things to know before trusting these numbers',
    look: 'text-warning',
    icon: TriangleAlert,
  },
  info: { one: 'note on how they were made', many: 'notes on how they were made', look: 'text-muted', icon: Info },
}
const RUNS_LINKED = 5

/** Everything a reader must know, by severity. Errors and warnings are open; notes fold to their number. */
export function StudyWarnings({ result }: { result: StudyResult }) {
  const grouped = SEVERITIES.map((severity) => ({ severity, list: result.warnings.filter((one) => one.severity === severity) }))
  if (result.warnings.length === 0) return null
  const names = new Map(result.cells.flatMap(({ values }) => values.map(({ runId, runName }) => [runId, runName] as const)))
  return (
    <section aria-label="Warnings" className="flex flex-col gap-1 px-3 pb-2" data-testid="study-warnings">
      {grouped.map(({ severity, list }) => (list.length > 0 ? <WarningGroup key={severity} severity={severity} list={list} names={names} /> : null))}
    </section>
  )
}

function WarningGroup({ severity, list, names }: { severity: StudyWarning['severity']; list: StudyWarning[]; names: ReadonlyMap<string, string> }) {
  const [open, setOpen] = useState(severity !== 'info')
  const { one, many, look, icon: Icon } = WORDS[severity]
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <div className="text-sm" data-severity={severity}>
      <button type="button" aria-expanded={open} className={`flex items-center gap-1.5 rounded ${look}`} onClick={() => setOpen(!open)}>
        <Icon size={13} className="shrink-0" />
        <span className="font-medium">
          {list.length} {list.length === 1 ? one : many}
        </span>
        <Chevron size={12} className="shrink-0" />
      </button>
      {open ? (
        <ul className="mt-0.5 ml-[19px] flex max-h-56 max-w-4xl flex-col gap-0.5 overflow-y-auto text-muted">
          {list.map((warning) => (
            <li key={`${warning.code}${warning.text}`} data-warning={warning.code} className="break-words">
              {warning.text}
              <RunLinks runs={warning.runs} names={names} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function RunLinks({ runs, names }: { runs: string[]; names: ReadonlyMap<string, string> }) {
  // Deleted runs have no page and no name any more.
  const known = runs.filter((id) => names.has(id))
  if (known.length === 0) return null
  return (
    <span className="text-faint">
      {' '}
      {known.slice(0, RUNS_LINKED).map((id, i) => (
        <span key={id}>
          {i > 0 ? ', ' : null}
          <Link href={`/runs/${id}`} prefetch={false} className="text-accent hover:underline">
            {names.get(id)}
          </Link>
        </span>
      ))}
      {known.length > RUNS_LINKED ? ` and ${known.length - RUNS_LINKED} more` : null}
    </span>
  )
}
