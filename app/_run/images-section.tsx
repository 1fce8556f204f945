'use client'

import { useMemo, useState } from 'react'
import { formatBytes } from '../../core/format-bytes.ts'
import { formatCount } from '../../core/format-number.ts'
import type { ImageValue } from '../../core/kinds/values.ts'
import type { StoredRecord } from '../../core/stored-record.ts'
import { Dialog } from '../_ui/dialog.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import { StepSlider } from '../_ui/step-slider.tsx'
import { recordsAt, stepsOf } from './record-steps.ts'
import type { RunData } from './run-data.ts'
import { RECORDS_MAX, useRecords } from './use-records.ts'
import { useStepChoice } from './use-step-choice.ts'

/** Smaller images are enlarged without smoothing: their pixels are the point. */
const SMALL = 96

/** Logged images: all names at one step, which the slider moves. */
export function ImagesSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'image', data.records)
  const steps = useMemo(() => stepsOf(records), [records])
  const { index, choose } = useStepChoice(steps)
  const [open, setOpen] = useState<StoredRecord | null>(null)
  if (n === 0) return null
  const cards = recordsAt(records, steps[index] ?? 0)
  return (
    <Section
      title="Images"
      count={cards.length}
      testId="images-section"
      note={n > RECORDS_MAX ? `the newest ${formatCount(RECORDS_MAX)} of ${formatCount(n)}` : undefined}
    >
      {error ? <p className="text-sm text-danger">{errorText(error)}</p> : null}
      <div className="mb-2 flex">
        <StepSlider label="Step of the images" steps={steps} index={index} onChange={choose} />
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] items-start gap-3">
        {cards.map(({ name, shown }) => (
          <figure key={name} className="min-w-0 rounded border border-border p-2">
            <figcaption className="mb-1.5 truncate text-sm" title={name}>
              {name}
            </figcaption>
            {shown.length === 0 ? <p className="py-6 text-center text-sm text-faint">first logged later</p> : null}
            <div className="flex flex-wrap gap-2">
              {shown.map((record) => (
                <button key={record.id} type="button" className="min-w-0" onClick={() => setOpen(record)}>
                  <Picture record={record} />
                </button>
              ))}
            </div>
            {shown[0] ? <p className="num mt-1 text-xs text-faint">step {formatCount(shown[0].step)}</p> : null}
          </figure>
        ))}
      </div>
      <Dialog open={open !== null} onClose={() => setOpen(null)} title={open ? `${open.name}, step ${formatCount(open.step)}` : ''} width="w-[880px]">
        {open ? <Picture record={open} large /> : null}
      </Dialog>
    </Section>
  )
}

function Picture({ record, large }: { record: StoredRecord; large?: boolean }) {
  const value = record.payload as unknown as ImageValue
  const hash = record.blobHash ?? value.hash
  const small = value.width < SMALL && value.height < SMALL
  const scale = large
    ? Math.max(1, Math.floor(480 / Math.max(value.width, value.height)))
    : small
      ? Math.ceil(SMALL / Math.max(value.width, value.height))
      : 1
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: served by our own blob route, which Next must not resize */}
      <img
        src={`/api/blob/${hash}`}
        alt={value.caption ?? record.name}
        title={`${value.caption ? `${value.caption}: ` : ''}${value.width} × ${value.height}, ${formatBytes(value.bytes)}`}
        width={value.width * scale}
        height={value.height * scale}
        loading="lazy"
        decoding="async"
        className="h-auto max-w-full border border-border"
        style={{ imageRendering: small || scale > 1 ? 'pixelated' : undefined }}
      />
      {value.caption ? <span className="mt-0.5 block max-w-full truncate text-left text-xs text-muted">{value.caption}</span> : null}
    </>
  )
}
