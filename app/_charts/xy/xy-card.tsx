'use client'

import { useMemo, useState } from 'react'
import { MenuChoice, MenuSeparator } from '../../_ui/menu.tsx'
import { type CardState, ChartCard } from '../chart-card.tsx'
import type { ChartKind } from '../chart-kind.ts'
import { ChartLegend, type LegendEntry } from '../chart-legend.tsx'
import { ExportItems } from '../export-items.tsx'
import type { ZoomRange } from '../zoom-bus.ts'
import type { ReadingOrder } from './nearest.ts'
import type { Dash, Mark, XyData } from './xy-data.ts'
import { XyPlot } from './xy-plot.tsx'

interface XyCardProps {
  id: string
  kind: ChartKind<XyData>
  mark: Mark
  /** Null while the first answer is on its way. */
  data: XyData | null
  /** Lines to name in the legend, also those without data yet. */
  entries: LegendEntry[]
  /** What dashes mean, where the legend names runs and not lines. */
  dashes?: { label: string; dash: Dash }[]
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
export function XyCard({ id, kind, mark, data, entries, dashes, state, order, height, busy, abandoned, onMove, fullData, title }: XyCardProps) {
  /** Keys of legend entries, each of which may stand for several lines. */
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [emphasised, setEmphasised] = useState<string | null>(null)
  const [ownLog, setOwnLog] = useState<boolean | null>(null)
  const linesOf = useMemo(() => new Map(entries.map((entry) => [entry.key, entry.keys ?? [entry.key]])), [entries])
  const hiddenLines = useMemo(() => new Set([...hidden].flatMap((key) => linesOf.get(key) ?? [])), [hidden, linesOf])
  const shown = useMemo(() => {
    if (!data) return null
    const lines = hiddenLines.size > 0 ? data.lines.filter((line) => !hiddenLines.has(line.key)) : data.lines
    return { ...data, logY: ownLog ?? data.logY, lines }
  }, [data, hiddenLines, ownLog])
  const drawn = useMemo(
    () => (shown && emphasised !== null && !hidden.has(emphasised) ? { ...shown, emphasised: new Set(linesOf.get(emphasised)) } : shown),
    [shown, emphasised, hidden, linesOf],
  )
  const notes = useMemo(() => {
    if (!shown) return []
    const total = [...linesOf.values()].flat().length
    return hiddenLines.size > 0 ? [`${hiddenLines.size} of ${total} series hidden.`, ...kind.notes(shown)] : kind.notes(shown)
  }, [shown, kind, hiddenLines, linesOf])
  return (
    <ChartCard
      id={id}
      title={title}
      state={state}
      height={height}
      busy={busy}
      notes={notes}
      legend={
        (entries.length > 1 && entries.some((entry) => !entry.missing)) || entries.some((entry) => entry.nonFinite > 0) ? (
          <ChartLegend entries={entries} dashes={dashes} hidden={hidden} onHidden={setHidden} onEmphasise={setEmphasised} />
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
