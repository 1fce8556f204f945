'use client'

import { useState } from 'react'
import type { DiagnosisReport } from '../../core/findings/diagnosis-report.ts'
import { Button } from '../_ui/button.tsx'

type Part = 'waiting' | 'clear' | 'notApplicable'

/** What was looked at and found well, what lacks data (and what to log for it), and what does not concern the run: each on request. */
export function ChecksMade({ report }: { report: DiagnosisReport }) {
  const [open, setOpen] = useState<Part | null>(null)
  const parts: { part: Part; label: string; lines: { rule: string; title: string; text: string }[] }[] = [
    {
      part: 'waiting',
      label: `${count(report.waiting.length)} need${report.waiting.length === 1 ? 's' : ''} more data`,
      lines: report.waiting.map(({ needs, ...one }) => ({ ...one, text: needs })),
    },
    { part: 'clear', label: `${count(report.clear.length)} found nothing`, lines: report.clear.map(({ says, ...one }) => ({ ...one, text: says })) },
    {
      part: 'notApplicable',
      label: `${count(report.notApplicable.length)} do${report.notApplicable.length === 1 ? 'es' : ''} not apply`,
      lines: report.notApplicable.map(({ why, ...one }) => ({ ...one, text: why })),
    },
  ]
  const shown = parts.find(({ part }) => part === open)
  return (
    <div className="text-sm text-muted" data-testid="checks-made">
      <div className="-ml-2 flex flex-wrap">
        {parts
          .filter(({ lines }) => lines.length > 0)
          .map(({ part, label }) => (
            <Button key={part} look="quiet" size="small" aria-expanded={open === part} onClick={() => setOpen(open === part ? null : part)}>
              {label}
            </Button>
          ))}
      </div>
      {shown ? (
        <dl className="mt-1 grid gap-x-4 gap-y-0.5 rounded border border-border px-3 py-2 sm:grid-cols-[max-content_1fr]">
          {shown.lines.map(({ rule, title, text }) => (
            <div key={rule} className="contents">
              <dt className="font-medium text-text">{title}</dt>
              <dd className="[overflow-wrap:anywhere] max-sm:mb-1">{shown.part === 'waiting' ? `To check this: ${text}` : text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  )
}

function count(n: number): string {
  return `${n} ${n === 1 ? 'check' : 'checks'}`
}
