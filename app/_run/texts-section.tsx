'use client'

import { useMemo } from 'react'
import { formatCount } from '../../core/format-number.ts'
import type { TextValue } from '../../core/kinds/values.ts'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import { StepSlider } from '../_ui/step-slider.tsx'
import { recordsAt, stepsOf } from './record-steps.ts'
import type { RunData } from './run-data.ts'
import { RECORDS_MAX, useRecords } from './use-records.ts'
import { useStepChoice } from './use-step-choice.ts'

/** Logged text, shown exactly as logged: markdown is not rendered. */
export function TextsSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'text', data.records)
  const steps = useMemo(() => stepsOf(records), [records])
  const { index, choose } = useStepChoice(steps)
  if (n === 0) return null
  const cards = recordsAt(records, steps[index] ?? 0)
  return (
    <Section
      title="Text"
      count={cards.length}
      testId="texts-section"
      note={n > RECORDS_MAX ? `the newest ${formatCount(RECORDS_MAX)} of ${formatCount(n)}` : undefined}
    >
      {error ? <p className="text-sm text-danger">{errorText(error)}</p> : null}
      <div className="mb-2 flex">
        <StepSlider label="Step of the texts" steps={steps} index={index} onChange={choose} />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        {cards.map(({ name, shown }) => (
          <article key={name} className="min-w-0 rounded border border-border">
            <h3 className="flex items-baseline gap-2 border-b border-border px-3 py-1 text-sm">
              <span className="truncate" title={name}>
                {name}
              </span>
              {shown[0] ? <span className="num shrink-0 text-xs text-faint">step {formatCount(shown[0].step)}</span> : null}
            </h3>
            {shown.length === 0 ? <p className="px-3 py-4 text-sm text-faint">first logged later</p> : null}
            {shown.map((record) => (
              <pre key={record.id} className="max-h-80 overflow-auto px-3 py-2 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
                {(record.payload as unknown as TextValue).text}
              </pre>
            ))}
          </article>
        ))}
      </div>
    </Section>
  )
}
