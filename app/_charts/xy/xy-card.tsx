'use client'

import { useMemo, useState } from 'react'
import { MenuChoice, MenuSeparator } from '../../_ui/menu.tsx'
import { type CardState, ChartCard } from '../chart-card.tsx'
import type { ChartKind } from '../chart-kind.ts'
import { ChartLegend, type LegendEntry } from '../chart-legend.tsx'
import { ExportItems } from '../export-items.tsx'
import type { ZoomRange } from '../zoom-bus.ts'
import type { ReadingOrder } from './nearest.ts'
import type { Mark, XyData } from './xy-data.ts'
import { XyPlot } from './xy-plot.tsx'

interface XyCardProps {
  id: string
  kind: ChartKind<XyData>
  mark: Mark
  /** Null while the first answer is on its way. */
  data: XyData | null
  /** Lines to name in the legend, also those without data yet. */
  entries: LegendEntry[]
  state: CardState
  order: ReadingOrder
  height?: number
  busy?: boolean
  abandoned?: { shown: boolean; onChange: (shown: boolean) => void }
  onMove: (range: ZoomRange) => void
  fullData?: { label: string; href: string }[]
  title: string
}

/** Card of a chart of lines over x: legend with hiding, own log y, exports. Knows nothing of where its data comes from. */
export function XyCard({ id, kind, mark, data, entries, state, order, height, busy, abandoned, onMove, fullData, title }: XyCardProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [emphasised, setEmphasised] = useState<string | null>(null)
  const [ownLog, setOwnLog] = useState<boolean | null>(null)
  const shown = useMemo(() => {
    if (!data) return null
    return { ...data, logY: ownLog ?? data.logY, lines: hidden.size > 0 ? data.lines.filter((line) => !hidden.has(line.key)) : data.lines }
  }, [data, hidden, ownLog])
  const drawn = useMemo(
    () => (shown && emphasised !== null && !hidden.has(emphasised) ? { ...shown, emphasised } : shown),
    [shown, emphasised, hidden],
  )
  const notes = useMemo(() => {
    if (!shown) return []
    return hidden.size > 0 ? [`${hidden.size} of ${entries.length} series hidden.`, ...kind.notes(shown)] : kind.notes(shown)
  }, [shown, kind, hidden, entries.length])
  return (
    <ChartCard
      id={id}
      title={title}
      state={state}
      height={height}
      busy={busy}
      notes={notes}
      legend={
        entries.length > 1 || entries.some((entry) => entry.nonFinite > 0) ? (
          <ChartLegend entries={entries} hidden={hidden} onHidden={setHidden} onEmphasise={setEmphasised} />
        ) : undefined
      }
      menu={
        shown ? (
          <>
            <MenuChoice checked={shown.logY} onSelect={() => setOwnLog(!shown.logY)}>
              Logarithmic y
            </MenuChoice>
            {abandoned ? (
              <MenuChoice checked={abandoned.shown} onSelect={() => abandoned.onChange(!abandoned.shown)}>
                Superseded points
              </MenuChoice>
            ) : null}
            <MenuSeparator />
            <ExportItems id={id} title={title} kind={kind} data={shown} fullData={fullData} />
          </>
        ) : undefined
      }
    >
      {(plotHeight) =>
        drawn ? <XyPlot id={id} data={drawn} mark={mark} summary={kind.summary(drawn)} height={plotHeight} order={order} onMove={onMove} /> : null
      }
    </ChartCard>
  )
}
