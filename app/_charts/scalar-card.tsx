'use client'

import { useMemo, useRef, useState } from 'react'
import type { Smoothing, XAxis } from '../../core/chart.ts'
import type { CardState } from './chart-card.tsx'
import { useChartControls } from './chart-controls.ts'
import type { ChartKind } from './chart-kind.ts'
import { legendEntries } from './legend-entries.ts'
import { scalarKind } from './scalar/kind.ts'
import { scatterKind } from './scatter/kind.ts'
import { trainValKind } from './train-val/kind.ts'
import { keepFewPoints, styleSplits } from './train-val/option.ts'
import { useChartSeries } from './use-chart-series.ts'
import { useInView } from './use-in-view.ts'
import { useOwnZoom } from './use-own-zoom.ts'
import { useZoom } from './use-zoom.ts'
import { scalarEmptyText } from './xy/empty-text.ts'
import { XyCard } from './xy/xy-card.tsx'
import type { Dash, Mark, XyData, XyLine, XySpan } from './xy/xy-data.ts'

export interface ScalarSeries {
  runId: string
  /** Metric name. */
  name: string
  label: string
  colour: string
  split?: 'train' | 'val' | 'test'
  /** Name of the run, where the splits of several runs share a card: the legend then names each run once. */
  runName?: string
  dash?: Dash
  /** `run.startedAt` (ms since epoch): lets the tooltip say how long the run had been going. */
  startedAt?: number
}

export interface ScalarCardProps {
  title: string
  series: ScalarSeries[]
  /** `line` (default); `scatter`: raw values as dots under the moving average; `train-val`: splits of one metric together. */
  variant?: 'line' | 'scatter' | 'train-val'
  /** What the difference of the splits is called at the crosshair; default `gap train − val`. */
  gap?: string
  /** Anchor, unique on the page; default made from title and variant. */
  id?: string
  /** Plot height in pixels, default 240. */
  height?: number
  /** Overrides the page's smoothing for this card. */
  smoothing?: Smoothing
  /** x axis of this card whatever the page's is; it then has a zoom of its own too. */
  x?: XAxis
  /** Also draw superseded points (default false); the card's menu changes it. */
  abandoned?: boolean
  /** Stretches to shade. */
  spans?: readonly XySpan[]
}

interface Variant {
  kind: ChartKind<XyData>
  mark: Mark
  /** Points asked for per pixel column, as a multiple of a line's. */
  finer: number
  /** Smoothing while nobody has chosen one. */
  ownDefault?: Smoothing
}

const VARIANTS: Record<NonNullable<ScalarCardProps['variant']>, Variant> = {
  line: { kind: scalarKind, mark: 'line', finer: 1 },
  // Dots show density, so ask for more of them than a line has corners; they show the noise too, so the line may show the trend.
  scatter: { kind: scatterKind, mark: 'dots', finer: 4, ownDefault: { kind: 'ema', weight: 0.9 } },
  'train-val': { kind: trainValKind, mark: 'line', finer: 1 },
}

/** Columns are asked for in steps of this many pixels, so that dragging a window edge does not ask at each pixel. */
const WIDTH_STEP = 64
const WIDTH_MAX = 8192

/** A card that fetches and draws scalar series. Smoothing, x axis, log y and zoom follow the page's controls. */
export function ScalarCard({
  title,
  series,
  variant = 'line',
  id,
  height,
  smoothing,
  x: ownX,
  gap,
  abandoned: wantAbandoned = false,
  spans,
}: ScalarCardProps) {
  const { kind, mark, finer, ownDefault } = VARIANTS[variant]
  const anchor = id ?? `chart-${variant}-${title.replace(/[^A-Za-z0-9_-]+/g, '-')}`
  const controls = useChartControls()
  const frame = useRef<HTMLDivElement>(null)
  const { near, width } = useInView(frame)
  const pageZoom = useZoom(anchor)
  const ownZoom = useOwnZoom()
  const x = ownX ?? controls.x
  const { view, settled, move } = ownX ? ownZoom : pageZoom
  const [toggled, setAbandoned] = useState<boolean | null>(null)
  const abandoned = toggled ?? wantAbandoned
  const query = useChartSeries({
    series,
    x,
    range: settled,
    width: width === 0 ? 0 : Math.min(WIDTH_MAX, Math.ceil(width / WIDTH_STEP) * WIDTH_STEP * finer),
    smoothing: smoothing ?? (controls.smoothingChosen ? controls.smoothing : (ownDefault ?? controls.smoothing)),
    abandoned,
    enabled: near,
  })

  const answer = query.data
  const lines = useMemo(() => (answer ? matchLines(series, answer.columns) : []), [answer, series])
  // An answer for another x axis keeps its own axis until the new one is there; the zoom is in the new one's units.
  const sameAxis = answer !== undefined && JSON.stringify(answer.x) === JSON.stringify(x)
  const data = useMemo((): XyData | null => {
    if (!answer) return null
    const drawn: XyData = {
      title,
      lines,
      x: answer.x,
      smoothing: answer.smoothing,
      view: sameAxis ? view : answer.range,
      logY: controls.logY,
      clipOutliers: controls.clipOutliers,
      ...(gap !== undefined && { gap }),
      ...(spans !== undefined && spans.length > 0 && { spans }),
    }
    return variant === 'train-val' ? styleSplits(keepFewPoints(drawn)) : drawn
  }, [answer, lines, title, view, sameAxis, controls.logY, controls.clipOutliers, variant, gap, spans])

  const styled = useMemo(() => styleSplitsOf(variant, series, title), [variant, series, title])
  const { entries, dashes } = useMemo(() => legendEntries(series, styled, lines), [series, styled, lines])
  const hasSuperseded = lines.some((line) => line.columns.superseded > 0)
  return (
    <div ref={frame} className="min-w-0">
      <XyCard
        id={anchor}
        title={title}
        kind={kind}
        mark={mark}
        data={data}
        entries={entries}
        dashes={dashes}
        state={stateOf(query, series, lines, data)}
        order={controls.order}
        height={height}
        busy={query.isPlaceholderData}
        abandoned={hasSuperseded || abandoned ? { shown: abandoned, onChange: setAbandoned } : undefined}
        onMove={move}
        fullData={series.map(({ runId, name, label }) => ({ label, href: exportAddress(runId, name) }))}
      />
    </div>
  )
}

const keyOf = (one: { runId: string; name: string }) => `${one.runId}\n${one.name}`

function exportAddress(runId: string, name: string): string {
  return `/api/export?${new URLSearchParams({ run: runId, format: 'csv', metric: name })}`
}

/** Lines in the order of `series`; those the answer does not hold yet are left out. */
function matchLines(series: ScalarSeries[], columns: XyLine['columns'][]): XyLine[] {
  const found = new Map(columns.map((one) => [keyOf(one), one]))
  return series.flatMap((one) => {
    const own = found.get(keyOf(one))
    return own ? [{ ...one, key: keyOf(one), dash: one.dash ?? ('solid' as const), columns: own }] : []
  })
}

/** Colours and dashes of the legend, known before any data is. */
function styleSplitsOf(variant: string, series: ScalarSeries[], title: string): Pick<XyLine, 'key' | 'label' | 'colour' | 'dash'>[] {
  const lines = series.map((one) => ({ ...one, key: keyOf(one), dash: one.dash ?? ('solid' as const) })) as XyLine[]
  if (variant !== 'train-val') return lines
  return styleSplits({ title, lines, x: { kind: 'step' }, smoothing: { kind: 'none' }, view: null, logY: false, clipOutliers: false }).lines
}

function stateOf(query: ReturnType<typeof useChartSeries>, series: ScalarSeries[], lines: XyLine[], data: XyData | null): CardState {
  if (series.length === 0) return { kind: 'empty', text: 'No run selected.' }
  if (query.isError && !query.data) return { kind: 'error', error: query.error, retry: () => void query.refetch() }
  if (!data) return { kind: 'loading' }
  const text = scalarEmptyText(data, lines)
  return text ? { kind: 'empty', ...text } : { kind: 'ready' }
}
