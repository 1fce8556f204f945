'use client'

import { useId, useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import type { StoredRecord } from '../../core/stored-record.ts'
import { Checkbox } from '../_ui/checkbox.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Skeleton } from '../_ui/skeleton.tsx'
import { ImageCard } from './image-card.tsx'
import { ImageViewer } from './image-viewer.tsx'
import type { RunData } from './run-data.ts'
import { imagesByName, useImageSteps } from './use-image-steps.ts'
import { RECORDS_MAX, useRecords } from './use-records.ts'

interface ImageGridProps {
  data: RunData
  /** Which names belong here. */
  wanted: (name: string) => boolean
  /** Room for a picture (CSS pixels). */
  size: { width: number; height: number }
}

/** Names drawn at first. */
const SHOWN = 60

/** Logged images, a card per name with a step slider of its own. */
export function ImageGrid({ data, wanted, size }: ImageGridProps) {
  const { records, n, error, isPending } = useRecords(data.run.id, 'image', data.records)
  const names = useMemo(
    () =>
      imagesByName(
        records.filter((record) => wanted(record.name)),
        naturalCompare,
      ),
    [records, wanted],
  )
  const [together, setTogether] = useState(false)
  const { indexOf, choose } = useImageSteps(together)
  const [open, setOpen] = useState<StoredRecord | null>(null)
  const [all, setAll] = useState(false)
  const togetherId = useId()
  if (error && records.length === 0) return <p className="text-sm text-danger">{errorText(error)}</p>
  if (isPending) return <Skeleton className="h-48 w-full" />
  const shown = all ? names : names.slice(0, SHOWN)
  const siblings = open ? (names.find((one) => one.name === open.name)?.records ?? []) : []
  const show = (record: StoredRecord | null) => {
    setOpen(record)
    // The card behind follows, so that it shows what was looked at last.
    const named = record && names.find((one) => one.name === record.name)
    if (named) choose(named, named.steps.indexOf(record.step))
  }
  return (
    <>
      {names.length > 1 && names.some((one) => one.steps.length > 1) ? (
        <div className="mb-2 flex items-center gap-2 text-sm text-muted">
          <Checkbox id={togetherId} checked={together} onChange={(event) => setTogether(event.target.checked)} />
          <label htmlFor={togetherId}>Same step for all</label>
        </div>
      ) : null}
      {n > RECORDS_MAX ? (
        <p className="mb-2 text-sm text-faint">
          The newest {formatCount(RECORDS_MAX)} of {formatCount(n)} images.
        </p>
      ) : null}
      <div className="grid gap-3" style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${size.width}px), 1fr))` }}>
        {shown.map((one) => (
          <ImageCard
            key={one.name}
            name={one.name}
            records={one.records}
            index={indexOf(one)}
            onIndex={(index) => choose(one, index)}
            onOpen={setOpen}
            height={size.height}
          />
        ))}
      </div>
      {names.length > shown.length ? (
        <button type="button" className="mt-2 text-sm text-accent hover:underline" onClick={() => setAll(true)}>
          Show all {formatCount(names.length)} names ({formatCount(shown.length)} shown)
        </button>
      ) : null}
      <ImageViewer record={open} siblings={siblings} neighbours={names.flatMap((one) => one.records.at(-1) ?? [])} onShow={show} />
    </>
  )
}
