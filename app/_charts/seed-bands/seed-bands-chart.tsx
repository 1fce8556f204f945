'use client'

import { useMemo, useState } from 'react'
import type { CardState } from '../chart-card.tsx'
import type { ChartKind, ChartViewProps } from '../chart-kind.ts'
import { XyCard } from '../xy/xy-card.tsx'
import type { XyData } from '../xy/xy-data.ts'
import type { ZoomRange } from '../zoom-bus.ts'
import type { SeedBandsData } from './band-data.ts'
import { seedBandsKind } from './kind.ts'

/** The card hides lines and turns the axis logarithmic; both leave the facts about seeds as they are. */
const KIND = seedBandsKind as unknown as ChartKind<XyData>

interface SeedBandsCardProps extends Omit<ChartViewProps<SeedBandsData>, 'data'> {
  /** Null while it is on its way. */
  data: SeedBandsData | null
  title: string
  state?: CardState
  height?: number
  busy?: boolean
}

/** Means over seeds with their bands; zoom, crosshair, legend and exports of every line chart. */
export function SeedBandsCard({ id, data, title, state, height, busy = false }: SeedBandsCardProps) {
  const [zoom, setZoom] = useState<ZoomRange>(data?.view ?? null)
  const drawn = useMemo(() => data && { ...data, view: zoom }, [data, zoom])
  const entries = (data?.lines ?? []).map(({ key, label, colour, dash, columns }) => ({
    key,
    label: `${label} (n = ${data?.facts[key]?.seeds ?? 0})`,
    colour,
    dash,
    nonFinite: data?.facts[key]?.nonFinite ?? 0,
    missing: columns.total === 0,
  }))
  const empty = data?.lines.every(({ columns }) => columns.total === 0) ?? false
  const usual: CardState =
    data === null ? { kind: 'loading' } : empty ? { kind: 'empty', text: 'No variant has points of this metric.' } : { kind: 'ready' }
  return (
    <XyCard
      id={id}
      title={title}
      kind={KIND}
      mark="line"
      data={drawn}
      entries={entries}
      state={state ?? usual}
      order="nearest"
      onMove={setZoom}
      busy={busy}
      {...(height !== undefined && { height })}
    />
  )
}

export function SeedBandsChart({ id, data }: ChartViewProps<SeedBandsData>) {
  return <SeedBandsCard id={id} data={data} title={data.title} />
}
