'use client'

import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { formatNumber } from '../../../core/format-number.ts'
import { truncateMiddle } from '../../../core/truncate-middle.ts'
import { LineSwatch } from '../line-swatch.tsx'
import type { Reading } from './nearest.ts'
import { generalisationGap, rawText, timeText, valueText, xText } from './reading-text.ts'
import type { XyScene } from './xy-data.ts'

const ROWS = 12
const GAP = 14

interface PlotTooltipProps {
  plot: RefObject<HTMLElement | null>
  scene: XyScene
  x: number
  /** Crosshair, in pixels of the plot element. */
  left: number
  list: Reading[]
}

/** The values at the crosshair, nearest first; twelve rows, the rest counted. */
export function PlotTooltip({ plot, scene, x, left, list }: PlotTooltipProps) {
  const element = useRef<HTMLDivElement>(null)
  const [position, setPosition] = useState<{ left: number; top: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of rows changes the height
  useLayoutEffect(() => {
    const frame = plot.current?.getBoundingClientRect()
    const own = element.current
    if (!frame || !own) return
    const at = frame.left + left
    const right = at + GAP
    const room = right + own.offsetWidth <= window.innerWidth - 8
    const wanted = room ? right : at - GAP - own.offsetWidth
    const top = Math.min(Math.max(8, frame.top + scene.plot.top + 4), window.innerHeight - own.offsetHeight - 8)
    setPosition({ left: Math.max(8, Math.min(wanted, window.innerWidth - own.offsetWidth - 8)), top: Math.max(8, top) })
  }, [left, scene, plot, list.length])
  const smoothed = list.some((reading) => reading.smoothed !== null)
  const differentX = list.some((reading) => reading.x !== x)
  return createPortal(
    <div
      ref={element}
      aria-hidden
      data-testid="plot-tooltip"
      className="num pointer-events-none fixed z-50 max-w-[min(560px,calc(100vw-16px))] overflow-hidden rounded border border-border-strong bg-surface-raised px-2 py-1.5 text-xs shadow-overlay"
      style={position ? { left: position.left, top: position.top } : { visibility: 'hidden', left: 0, top: 0 }}
    >
      <div className="pb-1 font-medium text-text">{xText(scene.data, x)}</div>
      {list.length === 0 ? <div className="text-faint">no value here</div> : null}
      <table className="border-separate border-spacing-x-0 border-spacing-y-px">
        <thead className="text-left text-faint">
          <tr>
            <th colSpan={2} />
            {smoothed ? <Head>smoothed</Head> : null}
            <Head>{smoothed ? 'raw' : 'value'}</Head>
            {differentX || scene.data.x.kind !== 'step' ? <Head>step</Head> : null}
            <Head>time</Head>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, ROWS).map((reading) => (
            <tr key={reading.line.key}>
              <td className="pr-1.5">
                <LineSwatch colour={reading.line.colour} dash={reading.line.dash} width={14} />
              </td>
              <td className="max-w-56 truncate pr-3 text-text">{truncateMiddle(reading.line.label, 34)}</td>
              {smoothed ? <td className="pr-3 text-right font-medium text-text">{valueText(reading.smoothed)}</td> : null}
              <td className={reading.nonFinite ? 'pr-3 text-right font-semibold text-danger' : 'pr-3 text-right text-text'}>{rawText(reading)}</td>
              {differentX || scene.data.x.kind !== 'step' ? (
                <td className="pr-3 text-right text-muted">{Number.isFinite(reading.step) ? reading.step : ''}</td>
              ) : null}
              <td className="text-right text-muted">{timeText(reading)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.length > ROWS ? <div className="pt-0.5 text-faint">{list.length - ROWS} more</div> : null}
      <Gaps list={list} label={scene.data.gap ?? 'gap train − val'} />
    </div>,
    document.body,
  )
}

function Head({ children }: { children: string }) {
  return <th className="pr-3 text-right font-normal last:pr-0">{children}</th>
}

/** Train − val per run, where both splits are in the chart. */
function Gaps({ list, label: words }: { list: Reading[]; label: string }) {
  const runs = [...new Set(list.filter(({ line }) => line.split).map(({ line }) => line.runId))]
  const gaps = runs.flatMap((runId) => {
    const gap = generalisationGap(list, runId)
    const label = list.find(({ line }) => line.runId === runId)?.line.label.replace(/ · (train|val|test)$/, '') ?? ''
    return gap === null ? [] : [{ runId, label, gap }]
  })
  if (gaps.length === 0) return null
  return (
    <div className="mt-1 border-t border-border pt-1 text-muted">
      {gaps.slice(0, 4).map(({ runId, label, gap }) => (
        <div key={runId} className="flex justify-between gap-4">
          <span className="truncate">
            {words}
            {runs.length > 1 ? `, ${truncateMiddle(label, 24)}` : ''}
          </span>
          <span className="text-text">{formatNumber(gap, 3)}</span>
        </div>
      ))}
    </div>
  )
}
