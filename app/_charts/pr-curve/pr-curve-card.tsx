'use client'

import { type ReactNode, useMemo, useState } from 'react'
import type { PrCurveValue } from '../../../core/kinds/values.ts'
import { Segmented } from '../../_ui/segmented.tsx'
import { type CardState, ChartCard } from '../chart-card.tsx'
import { ChartLegend } from '../chart-legend.tsx'
import { ExportItems } from '../export-items.tsx'
import { ClassPicker } from './class-picker.tsx'
import { prCurveKind } from './kind.ts'
import { curveLook, type PrCurveData, shownAtFirst } from './pr-data.ts'
import { PrPlot } from './pr-plot.tsx'
import { averagePrecisionText } from './pr-scene.ts'

interface PrCurveCardProps {
  id: string
  title: string
  /** Null while it is on its way, or when there is none. */
  value: PrCurveValue | null
  state?: CardState
  startShown?: readonly number[]
  startFitted?: boolean
  /** Name of exported files; default the title. */
  fileTitle?: string
  busy?: boolean
  /** Above the legend: a step slider. */
  slider?: ReactNode
  height?: number
}

/** Precision-recall curves with their choice of classes. */
export function PrCurveCard(props: PrCurveCardProps) {
  const { id, title, value, state = { kind: 'ready' }, startShown, startFitted = false, fileTitle, busy, slider, height = 380 } = props
  const [chosen, setChosen] = useState<readonly number[] | null>(startShown ?? null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [emphasised, setEmphasised] = useState<string | null>(null)
  const [fitted, setFitted] = useState(startFitted)
  const listed = useMemo(() => (value ? (chosen ?? shownAtFirst(value)).filter((index) => index < value.curves.length) : []), [value, chosen])
  const data = useMemo((): PrCurveData | null => {
    if (!value) return null
    const shown = listed.filter((index) => !hidden.has(String(index)))
    return { title, value, shown, fitted, emphasised: emphasised === null ? null : Number(emphasised) }
  }, [value, listed, hidden, title, fitted, emphasised])
  const entries = useMemo(
    () =>
      listed.map((index) => {
        const { class: name, averagePrecision } = value!.curves[index]!
        return { key: String(index), label: `${name} · ${averagePrecisionText(averagePrecision)}`, ...curveLook(index), nonFinite: 0, missing: false }
      }),
    [listed, value],
  )
  return (
    <ChartCard
      id={id}
      title={title}
      state={state.kind === 'ready' && data?.shown.length === 0 ? { kind: 'empty', text: 'No class chosen.' } : state}
      height={height}
      busy={busy}
      notes={data ? prCurveKind.notes(data) : []}
      tools={
        value ? (
          <>
            {value.curves.length > 1 ? <ClassPicker value={value} shown={listed} onShown={setChosen} /> : null}
            <Segmented
              label="Precision axis"
              value={fitted ? 'fitted' : 'full'}
              onChange={(choice) => setFitted(choice === 'fitted')}
              options={[
                { value: 'full', label: 'From 0', title: 'The precision axis begins at 0' },
                { value: 'fitted', label: 'Fitted', title: 'The precision axis begins just below the lowest curve' },
              ]}
            />
          </>
        ) : undefined
      }
      legend={
        <>
          {slider}
          {entries.length > 0 ? <ChartLegend entries={entries} hidden={hidden} onHidden={setHidden} onEmphasise={setEmphasised} /> : null}
        </>
      }
      menu={data ? <ExportItems id={id} title={fileTitle ?? title} kind={prCurveKind} data={data} /> : undefined}
    >
      {(plotHeight) => (data ? <PrPlot data={data} summary={prCurveKind.summary(data)} height={plotHeight} /> : null)}
    </ChartCard>
  )
}
