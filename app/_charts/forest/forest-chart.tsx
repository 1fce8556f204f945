'use client'

import { type CardState, ChartCard } from '../chart-card.tsx'
import type { ChartViewProps } from '../chart-kind.ts'
import { ExportItems } from '../export-items.tsx'
import { LIGHT_LOOK } from '../look.ts'
import type { ForestData } from './forest-data.ts'
import { ForestPlot } from './forest-plot.tsx'
import { forestHeight } from './forest-scene.ts'
import { forestKind } from './kind.ts'

interface ForestCardProps extends ChartViewProps<ForestData> {
  onChoose?: (key: string) => void
  busy?: boolean
}

/** Differences to the reference, a row per variant. */
export function ForestCard({ id, data, onChoose, busy = false }: ForestCardProps) {
  const state: CardState =
    data.rows.length === 0 ? { kind: 'empty', text: 'There is nothing to compare: the study has one variant.' } : { kind: 'ready' }
  return (
    <ChartCard
      id={id}
      title={data.title}
      state={state}
      notes={forestKind.notes(data)}
      height={forestHeight(data.rows.length, LIGHT_LOOK)}
      busy={busy}
      menu={<ExportItems id={id} title={data.title} kind={forestKind} data={data} />}
    >
      {(height) => <ForestPlot data={data} summary={forestKind.summary(data)} height={height} {...(onChoose && { onChoose })} />}
    </ChartCard>
  )
}

export function ForestChart({ id, data }: ChartViewProps<ForestData>) {
  return <ForestCard id={id} data={data} />
}
