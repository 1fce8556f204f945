'use client'

import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { PlotTip } from '../plot-tip.tsx'
import { SvgShapes } from '../shapes/svg-shapes.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import { type ForestData, rowText } from './forest-data.ts'
import { forestScene, forestX, forestY } from './forest-scene.ts'
import { forestShapes } from './forest-shapes.ts'

interface ForestPlotProps {
  data: ForestData
  summary: string
  height: number | string
  /** A row was chosen with click or Enter. */
  onChoose?: (key: string) => void
}

/** The picture with its pointer and keys: one row at a time is read out. */
export function ForestPlot({ data, summary, height, onChoose }: ForestPlotProps) {
  const element = useRef<HTMLDivElement>(null)
  const { near, width, height: pixels } = useInView(element)
  const look = useLook()
  const [at, setAt] = useState<{ index: number; spoken: boolean } | null>(null)
  const scene = useMemo(
    () => (near && width > 0 && pixels > 0 ? forestScene(data, look, { width, height: pixels }) : null),
    [near, data, look, width, pixels],
  )
  const row = at ? data.rows[at.index] : undefined
  const shapes = useMemo(() => (scene ? forestShapes(scene, look, row && at ? at.index : null) : []), [scene, look, at, row])
  const lines = row ? [row.label, rowText(row, data), ...(row.why === null ? [] : [row.why]), ...row.details] : []
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || data.rows.length === 0) return
    const last = data.rows.length - 1
    const to: Record<string, number> = {
      ArrowDown: at ? Math.min(last, at.index + 1) : 0,
      ArrowUp: at ? Math.max(0, at.index - 1) : last,
      Home: 0,
      End: last,
    }
    if (to[event.key] !== undefined) setAt({ index: to[event.key]!, spoken: true })
    else if (event.key === 'Enter' && row && onChoose) onChoose(row.key)
    else if (event.key === 'Escape' && at) setAt(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative" style={{ height }}>
      <div
        ref={element}
        role="img"
        aria-label={`${summary} Arrow keys read rows.`}
        aria-keyshortcuts="ArrowUp ArrowDown Home End Enter Escape"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves from row to row
        tabIndex={0}
        className="absolute inset-0 touch-pan-y rounded-sm select-none"
        data-testid="plot"
        onKeyDown={onKeyDown}
        onClick={() => row && onChoose?.(row.key)}
        onPointerMove={(event) => {
          if (!scene) return
          const y = event.clientY - event.currentTarget.getBoundingClientRect().top
          const index = Math.floor((y - scene.plot.top) / scene.row)
          setAt(index >= 0 && index < data.rows.length ? { index, spoken: false } : null)
        }}
        onPointerLeave={() => setAt(null)}
      >
        <svg
          aria-hidden
          width={width}
          height={pixels}
          className="pointer-events-none absolute inset-0"
          fontFamily={look.font}
          fontSize={look.fontSize}
        >
          <SvgShapes shapes={shapes} />
        </svg>
      </div>
      {scene && row && at ? <PlotTip plot={element} left={forestX(scene, row.difference ?? 0)} top={forestY(scene, at.index)} lines={lines} /> : null}
      <div aria-live="polite" className="sr-only" data-testid="crosshair-text">
        {at?.spoken ? lines.join('. ') : ''}
      </div>
    </div>
  )
}
