'use client'

import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react'
import { PlotSurface } from '../plot-surface.tsx'
import { PlotTip } from '../plot-tip.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import { dataX, plotX } from '../xy/xy-data.ts'
import type { ZoomRange } from '../zoom-bus.ts'
import { cellText, gapText } from './cell-text.ts'
import type { Cell, Gap, HeatmapData } from './cells.ts'
import { type HeatmapScene, heatmapScene } from './layout.ts'
import { heatmapSceneOption } from './option.ts'
import { SharedCrosshair } from './shared-crosshair.tsx'

interface HeatmapPlotProps {
  id: string
  data: HeatmapData
  summary: string
  height?: number | string
  onMove: (range: ZoomRange) => void
}

/** The heat map with its pointer: the cell under it is read out, the crosshair and the zoom are shared with the other charts by step. */
export function HeatmapPlot({ id, data, summary, height = 240, onMove }: HeatmapPlotProps) {
  const element = useRef<HTMLDivElement>(null)
  const { near, width, height: pixels } = useInView(element)
  const look = useLook()
  const size = useMemo(() => ({ width, height: pixels }), [width, pixels])
  const scene = useMemo(() => (near && width > 0 && pixels > 0 ? heatmapScene(data, look, size) : null), [near, data, look, size, width, pixels])
  const option = useMemo(() => (scene ? heatmapSceneOption(scene, look) : null), [scene, look])
  const [at, setAt] = useState<At | null>(null)
  const frame = useMemo(() => {
    if (!scene) return null
    const full: [number, number] = data.layers.reduce<[number, number]>(
      ([low, high], { columns }) => [Math.min(low, columns.extent?.[0] ?? low), Math.max(high, columns.extent?.[1] ?? high)],
      scene.grid.range,
    )
    return { ...scene, full, axis: 'step', snap: (pixel: number) => dataX(scene, pixel) }
  }, [scene, data])
  const spot = scene && at ? spotAt(scene, at) : null
  const lines = spot === null ? [] : spot.cell ? cellText(data, spot.cell) : gapText(data, spot)

  const point = (event: PointerEvent<HTMLElement>) => {
    if (!scene) return
    const box = event.currentTarget.getBoundingClientRect()
    const row = Math.floor(((event.clientY - box.top - scene.plot.top) / scene.plot.height) * data.layers.length)
    const pixel = event.clientX - box.left
    const inside = row >= 0 && row < data.layers.length && pixel >= scene.plot.left && pixel <= scene.plot.left + scene.plot.width
    setAt(inside ? { row, x: dataX(scene, pixel), spoken: false } : null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = scene && stepTo(event.key, scene.grid.cells, spot?.cell ?? null)
    if (event.key === 'Escape' && at) setAt(null)
    else if (event.key === '0') onMove(null)
    else if (next) setAt({ row: next.row, x: (next.from + next.to) / 2, spoken: true })
    else return
    event.preventDefault()
  }
  return (
    <PlotSurface
      element={element}
      id={id}
      label={`${summary} Arrow keys read cells.`}
      keys="ArrowLeft ArrowRight ArrowUp ArrowDown 0 Escape"
      height={height}
      option={option}
      size={size}
      frame={frame}
      onMove={onMove}
      onKeyDown={onKeyDown}
      onPoint={point}
      onLeave={() => setAt(null)}
    >
      {scene ? <SharedCrosshair scene={scene} /> : null}
      {scene && spot ? (
        <>
          <CellFrame row={spot.row} left={plotX(scene, spot.from)} right={plotX(scene, spot.to)} scene={scene} rows={data.layers.length} />
          <PlotTip plot={element} left={plotX(scene, (spot.from + spot.to) / 2)} top={scene.plot.top} lines={lines} />
        </>
      ) : null}
      <div aria-live="polite" className="sr-only" data-testid="crosshair-text">
        {at?.spoken ? lines.join(', ') : ''}
      </div>
    </PlotSurface>
  )
}

interface At {
  row: number
  x: number
  /** Reached by keyboard: said to screen readers. */
  spoken: boolean
}

/** The cell at a place, or the gap where one would be. */
function spotAt({ grid }: HeatmapScene, { row, x }: At): (Gap & { cell?: Cell }) | null {
  const here = (one: Gap) => one.row === row && x >= one.from && x < one.to
  const cell = grid.cells.find(here)
  return cell ? { ...cell, cell } : (grid.gaps.find(here) ?? null)
}

interface CellFrameProps {
  row: number
  left: number
  right: number
  rows: number
  scene: { plot: { left: number; top: number; width: number; height: number } }
}

function CellFrame({ row, left, right, rows, scene: { plot } }: CellFrameProps) {
  const from = Math.max(plot.left, left)
  const to = Math.min(plot.left + plot.width, right)
  return (
    <div
      className="pointer-events-none absolute border border-text"
      style={{ left: from, width: Math.max(3, to - from), top: plot.top + (row * plot.height) / rows, height: plot.height / rows }}
    />
  )
}

/** The cell an arrow key goes to. Left and right skip what was not measured. */
function stepTo(key: string, cells: Cell[], from: Cell | null): Cell | null {
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(key)) return null
  if (!from) return cells.findLast((cell) => cell.row === 0) ?? cells[0] ?? null
  const row = cells.filter((cell) => cell.row === from.row)
  if (key === 'ArrowLeft') return row.findLast((cell) => cell.column < from.column) ?? from
  if (key === 'ArrowRight') return row.find((cell) => cell.column > from.column) ?? from
  const other = cells.filter((cell) => cell.row === from.row + (key === 'ArrowUp' ? -1 : 1))
  return other.find((cell) => cell.column >= from.column) ?? other.at(-1) ?? from
}
