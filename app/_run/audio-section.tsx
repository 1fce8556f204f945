'use client'

import { useMemo } from 'react'
import { formatCount } from '../../core/format-number.ts'
import type { AudioValue } from '../../core/kinds/audio.ts'
import { audioKind } from '../../core/kinds/audio.ts'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import { StepSlider } from '../_ui/step-slider.tsx'
import { recordsAt, stepsOf } from './record-steps.ts'
import type { RunData } from './run-data.ts'
import { RECORDS_MAX, useRecords } from './use-records.ts'
import { useStepChoice } from './use-step-choice.ts'

/** Logged sounds with a player each; nothing is loaded before it is played. */
export function AudioSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'audio', data.records)
  const steps = useMemo(() => stepsOf(records), [records])
  const { index, choose } = useStepChoice(steps)
  if (n === 0) return null
  const cards = recordsAt(records, steps[index] ?? 0)
  return (
    <Section
      title="Audio"
      count={cards.length}
      testId="audio-section"
      note={n > RECORDS_MAX ? `the newest ${formatCount(RECORDS_MAX)} of ${formatCount(n)}` : undefined}
    >
      {error ? <p className="text-sm text-danger">{errorText(error)}</p> : null}
      <div className="mb-2 flex">
        <StepSlider label="Step of the sounds" steps={steps} index={index} onChange={choose} />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        {cards.map(({ name, shown }) => (
          <article key={name} className="min-w-0 rounded border border-border px-3 py-2">
            <h3 className="flex items-baseline gap-2 text-sm">
              <span className="truncate" title={name}>
                {name}
              </span>
              {shown[0] ? <span className="num shrink-0 text-xs text-faint">step {formatCount(shown[0].step)}</span> : null}
            </h3>
            {shown.length === 0 ? <p className="py-2 text-sm text-faint">first logged later</p> : null}
            {shown.map((record) => (
              <Sound key={record.id} name={name} sound={record.payload as unknown as AudioValue} />
            ))}
          </article>
        ))}
      </div>
    </Section>
  )
}

function Sound({ name, sound }: { name: string; sound: AudioValue }) {
  const address = `/api/blob/${sound.hash}`
  return (
    <div className="mt-1.5 flex flex-col gap-1">
      {sound.type === null ? (
        <p className="text-sm text-muted">
          The format of these bytes is not known:{' '}
          <a className="text-accent underline" href={address} download>
            download
          </a>
        </p>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: logged sounds have no captions; their label is beside them
        <audio controls preload="none" src={address} aria-label={name} className="h-9 w-full" />
      )}
      <p className="num text-xs text-faint [overflow-wrap:anywhere]">{audioKind.summarise(sound)}</p>
    </div>
  )
}
