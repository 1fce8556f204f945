'use client'

import { CircleAlert, Info, OctagonAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { FINDING_SEVERITIES, type FindingSeverity, type FindingValue } from '../../core/kinds/values.ts'
import type { StoredRecord } from '../../core/stored-record.ts'
import { classNames } from '../_ui/class-names.ts'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import { ConfigTree } from './config-tree.tsx'
import type { RunData } from './run-data.ts'
import { useRecords } from './use-records.ts'

const LOOKS = {
  critical: { icon: OctagonAlert, word: 'Critical', tone: 'text-danger', edge: 'border-l-danger' },
  warning: { icon: CircleAlert, word: 'Warning', tone: 'text-warning', edge: 'border-l-warning' },
  info: { icon: Info, word: 'Note', tone: 'text-info', edge: 'border-l-info' },
} as const satisfies Record<FindingSeverity, unknown>

interface Finding {
  name: string
  newest: FindingValue
  firstStep: number
  lastStep: number
  times: number
}

/** What the run found out about itself, the gravest first. */
export function FindingsSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'finding', data.records)
  const findings = useMemo(() => findingsOf(records), [records])
  if (n === 0) return null
  return (
    <Section title="Findings" count={findings.length || undefined} testId="findings">
      {error ? <p className="text-sm text-danger">{errorText(error)}</p> : null}
      <div className="grid gap-2 lg:grid-cols-2">
        {findings.map((finding) => (
          <FindingCard key={finding.name} finding={finding} />
        ))}
      </div>
    </Section>
  )
}

function FindingCard({ finding: { newest, firstStep, lastStep, times } }: { finding: Finding }) {
  const [open, setOpen] = useState(false)
  const { icon: Icon, word, tone, edge } = LOOKS[newest.severity] ?? LOOKS.info
  const evidence = Object.keys(newest.evidence)
  return (
    <article
      className={classNames('min-w-0 rounded border border-l-[3px] border-border px-3 py-2', edge)}
      data-testid="finding"
      data-severity={newest.severity}
    >
      <header className="flex items-start gap-2">
        <span className={classNames('flex h-5 shrink-0 items-center gap-1 text-xs font-semibold', tone)}>
          <Icon size={13} aria-hidden />
          {word}
        </span>
        <h3 className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">{newest.title}</h3>
        <span className="num shrink-0 text-xs leading-5 text-faint">
          {times === 1 ? `step ${formatCount(lastStep)}` : `${formatCount(times)} times, steps ${formatCount(firstStep)}–${formatCount(lastStep)}`}
        </span>
      </header>
      {newest.detail ? <p className="mt-1 text-sm whitespace-pre-line text-muted [overflow-wrap:anywhere]">{newest.detail}</p> : null}
      {evidence.length > 0 ? (
        <>
          <button type="button" aria-expanded={open} className="mt-1 text-sm text-accent hover:underline" onClick={() => setOpen(!open)}>
            {open ? 'Hide the evidence' : 'Why?'}
          </button>
          {open ? (
            <div className="mt-1.5 overflow-hidden rounded border border-border text-sm">
              <ConfigTree value={newest.evidence} depth={0} />
            </div>
          ) : null}
        </>
      ) : null}
    </article>
  )
}

/** One card per name: what it said last, and since when. */
function findingsOf(records: readonly StoredRecord[]): Finding[] {
  const byName = new Map<string, StoredRecord[]>()
  for (const record of records) byName.set(record.name, [...(byName.get(record.name) ?? []), record])
  const rank = (severity: FindingSeverity) => FINDING_SEVERITIES.indexOf(severity)
  return [...byName]
    .map(([name, all]) => {
      const steps = all.map((record) => record.step)
      const newest = all.reduce((best, record) => (record.step > best.step || (record.step === best.step && record.id > best.id) ? record : best))
      return {
        name,
        newest: newest.payload as unknown as FindingValue,
        firstStep: Math.min(...steps),
        lastStep: newest.step,
        times: all.length,
      }
    })
    .sort((a, b) => rank(a.newest.severity) - rank(b.newest.severity) || a.firstStep - b.firstStep)
}
