'use client'

import { useMemo, useState } from 'react'
import type { ChartKind } from '../chart-kind.ts'
import type { ZoomRange } from '../zoom-bus.ts'
import { scalarEmptyText } from './empty-text.ts'
import { XyCard } from './xy-card.tsx'
import type { Mark, XyData } from './xy-data.ts'

interface XyViewProps {
  id: string
  kind: ChartKind<XyData>
  mark: Mark
  data: XyData
}

/** A card of given lines with a zoom of its own: no server, no address bar. */
export function XyView({ id, kind, mark, data }: XyViewProps) {
  const [zoom, setZoom] = useState<ZoomRange>(data.view)
  const drawn = useMemo(() => ({ ...data, view: zoom }), [data, zoom])
  const empty = data.lines.length === 0 ? { text: 'No run selected.' } : scalarEmptyText(data, data.lines)
  const entries = data.lines.map(({ key, label, colour, dash, columns }) => ({
    key,
    label,
    colour,
    dash,
    nonFinite: columns.nonFinite,
    missing: columns.total === 0,
  }))
  return (
    <XyCard
      id={id}
      title={data.title}
      kind={kind}
      mark={mark}
      data={drawn}
      entries={entries}
      state={empty ? { kind: 'empty', ...empty } : { kind: 'ready' }}
      order="nearest"
      onMove={setZoom}
    />
  )
}
