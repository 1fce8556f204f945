'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { compareSeverity } from '../../core/findings/findings-brief.ts'
import { ChecksMade } from '../_findings/checks-made.tsx'
import { useDiagnosis } from '../_findings/diagnosis-context.tsx'
import { FindingCard } from '../_findings/finding-card.tsx'
import { MuteDialog, type ToMute } from '../_findings/mute-dialog.tsx'
import { RolesDialog } from '../_findings/roles-dialog.tsx'
import { groupFindings, type RunAnswer, type ShownFinding } from '../_findings/shown-finding.ts'
import { useFocusKept } from '../_findings/use-focus-kept.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import type { RunData } from './run-data.ts'

/** What is wrong with the run, first causes by severity, each with what followed from it. */
export function FindingsSection({ data }: { data: RunData }) {
  const { answer, error } = useDiagnosis()
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const [muting, setMuting] = useState<ToMute | null>(null)
  const [naming, setNaming] = useState(false)
  const [showMuted, setShowMuted] = useState(false)
  const focusKept = useFocusKept()
  const readOnly = info?.readOnly ?? false
  const { run } = data
  if (!answer)
    return error ? (
      <p className="text-sm text-danger">The diagnosis could not be read: {errorText(error)}</p>
    ) : (
      <div className="h-8" aria-busy="true" />
    )
  const open = groupFindings(answer.findings.filter(({ mute }) => mute === null))
  // First causes in the order of time, but nothing grave below what is only worth knowing.
  open.sort((a, b) => compareSeverity(worst(a.cause, a.consequences), worst(b.cause, b.consequences)))
  const muted = answer.findings.filter(({ mute }) => mute !== null)
  const card = (finding: ShownFinding, consequences: ShownFinding[]) => (
    <FindingCard
      key={finding.rule + finding.subjects.join()}
      finding={finding}
      consequences={consequences}
      readOnly={readOnly}
      onMute={({ rule, title, subjects }) => setMuting({ rule, title, subjects, run })}
    />
  )
  return (
    <Section title="Findings" count={open.length || undefined} testId="findings" note={noteOf(answer, open.length)}>
      <div {...focusKept} className="outline-none" data-testid="findings-list">
        <div className="grid items-start gap-2 lg:grid-cols-2">{open.map(({ cause, consequences }) => card(cause, consequences))}</div>
        <div className="mt-1 flex flex-wrap items-start gap-x-2">
          {answer.report ? <ChecksMade report={answer.report} /> : null}
          {muted.length > 0 ? (
            <Button look="quiet" size="small" aria-expanded={showMuted} onClick={() => setShowMuted(!showMuted)} data-testid="muted-findings">
              {muted.length} muted
            </Button>
          ) : null}
          {answer.report ? (
            <Button look="quiet" size="small" className="max-sm:-ml-2" onClick={() => setNaming(true)} data-testid="open-roles">
              Which metric is which…
            </Button>
          ) : null}
        </div>
        {showMuted ? <div className="mt-2 grid items-start gap-2 opacity-80 lg:grid-cols-2">{muted.map((finding) => card(finding, []))}</div> : null}
      </div>
      <MuteDialog finding={muting} onClose={() => setMuting(null)} />
      <RolesDialog open={naming} onClose={() => setNaming(false)} data={data} answer={answer} readOnly={readOnly} />
    </Section>
  )
}

function worst(cause: ShownFinding, consequences: readonly ShownFinding[]) {
  return [cause, ...consequences].map(({ severity }) => severity).sort(compareSeverity)[0]!
}

function noteOf({ isCurrent, at, report }: RunAnswer, open: number): string | undefined {
  if (at === null) return isCurrent ? 'this run could not be looked at: the console of the server says why' : 'being looked at…'
  const isUnread = report !== null && Object.keys(report.roles).length === 0
  if (open === 0 && isCurrent && isUnread) return 'no metric here is one that a check reads by its name: say which metric is which'
  if (open === 0) return isCurrent ? 'nothing found' : 'nothing found so far, being looked at…'
  return isCurrent ? undefined : 'being looked at…'
}
