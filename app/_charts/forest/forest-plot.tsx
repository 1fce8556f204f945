'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { ShapePlot } from '../shapes/shape-plot.tsx'
import { useLaidOut } from '../shapes/use-laid-out.ts'
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
  const [at, setAt] = useState<{ index: number; spoken: boolean } | null>(null)
  const row = at ? data.rows[at.index] : undefined
  const { scene, shapes, look, size } = useLaidOut(element, data, forestScene, forestShapes, row && at ? at.index : null)
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
    <ShapePlot
      element={element}
      label={`${summary} Arrow keys read rows.`}
      keys="ArrowUp ArrowDown Home End Enter Escape"
      height={height}
      size={size}
      look={look}
      shapes={shapes}
      reading={scene && row && at ? { lines, left: forestX(scene, row.difference ?? 0), top: forestY(scene, at.index) } : null}
      spoken={at?.spoken ?? false}
      onKeyDown={onKeyDown}
      onClick={() => row && onChoose?.(row.key)}
      onPointerMove={(event) => {
        if (!scene) return
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top
        const index = Math.floor((y - scene.plot.top) / scene.row)
        setAt(index >= 0 && index < data.rows.length ? { index, spoken: false } : null)
      }}
      onPointerLeave={() => setAt(null)}
    />
  )
}
