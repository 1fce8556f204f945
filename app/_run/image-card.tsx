'use client'

import { useRef } from 'react'
import { formatCount } from '../../core/format-number.ts'
import type { StoredRecord } from '../../core/stored-record.ts'
import { useInView } from '../_charts/use-in-view.ts'
import { StepSlider } from '../_ui/step-slider.tsx'
import { imageScale } from './image-scale.ts'
import { imageOf, RecordImage } from './record-image.tsx'
import { recordsAt, stepsOf } from './record-steps.ts'

interface ImageCardProps {
  name: string
  /** All images of this name. */
  records: readonly StoredRecord[]
  /** Position in the steps of this name. */
  index: number
  onIndex: (index: number) => void
  onOpen: (record: StoredRecord) => void
  /** Height of the place for a picture, CSS pixels. */
  height?: number
}

/** Room for a caption (px). */
const CAPTION = 36

/** The images of one name at one of its steps. */
export function ImageCard({ name, records, index, onIndex, onOpen, height = 180 }: ImageCardProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useInView(frame)
  const steps = stepsOf(records)
  const shown = recordsAt(records, steps[index] ?? 0)[0]?.shown ?? []
  const step = steps[index]
  // As high as the highest of all steps: nothing below moves with the slider.
  const tallest = Math.max(0, ...records.map((record) => imageScale(imageOf(record), { width: width - 2, height }).height))
  return (
    <figure className="flex min-w-0 flex-col rounded border border-border p-2" data-testid="image-card" data-name={name}>
      <figcaption className="mb-1.5 flex items-baseline gap-2 text-sm">
        <span className="min-w-0 flex-1 truncate font-medium" title={name}>
          {name}
        </span>
        {steps.length < 2 && step !== undefined ? <span className="num shrink-0 text-xs text-faint">step {formatCount(step)}</span> : null}
      </figcaption>
      <div
        ref={frame}
        className="flex min-w-0 flex-1 flex-wrap items-start gap-2 overflow-hidden"
        style={{ minHeight: width === 0 ? height : tallest + CAPTION }}
      >
        {width === 0
          ? null
          : shown.map((record) => {
              const image = imageOf(record)
              const fitted = imageScale(image, { width: width - 2, height })
              return (
                <button
                  key={record.id}
                  type="button"
                  className="max-w-full min-w-0 text-left"
                  title={`${image.caption ? `${image.caption}: ` : ''}${image.width} × ${image.height} pixels. Click for full size.`}
                  onClick={() => onOpen(record)}
                >
                  {/* The frame is around the picture: one inside would squeeze its pixels. */}
                  <span className="block w-fit border border-border">
                    <RecordImage record={record} {...fitted} />
                  </span>
                  {image.caption ? <span className="mt-0.5 line-clamp-2 max-w-full text-xs text-muted">{image.caption}</span> : null}
                </button>
              )
            })}
      </div>
      {steps.length > 1 ? (
        <div className="mt-1.5 flex">
          <StepSlider label={`Step of ${name}`} steps={steps} index={index} onChange={onIndex} />
        </div>
      ) : null}
    </figure>
  )
}
