'use client'

import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { EChart } from '../echart.tsx'
import { SelectionBox } from '../selection-box.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import { usePlotGestures } from '../xy/use-plot-gestures.ts'
import { dataX, plotX } from '../xy/xy-data.ts'
import type { ZoomRange } from '../zoom-bus.ts'
import { cellText } from './cell-text.ts'
import { CellTooltip } from './cell-tooltip.tsx'
import type { Cell, HeatmapData } from './cells.ts'
import { heatmapScene } from './layout.ts'
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
  const [at, setAt] = useState<{ row: number; x: number; spoken: boolean } | null>(null)
  const frame = useMemo(() => {
    if (!scene) return null
    const full: [number, number] = data.layers.reduce<[number, number]>(
      ([low, high], { columns }) => [Math.min(low, columns.extent?.[0] ?? low), Math.max(high, columns.extent?.[1] ?? high)],
      scene.grid.range,
    )
    return { ...scene, full, axis: 'step', snap: (pixel: number) => dataX(scene, pixel) }
  }, [scene, data])
  const { handlers, selection } = usePlotGestures(element, frame, id, onMove)
  const cell = scene && at ? (scene.grid.cells.find((one) => one.row === at.row && at.x >= one.from && at.x < one.to) ?? null) : null

  const point = (event: React.PointerEvent<HTMLElement>) => {
    if (!scene) return
    const box = event.currentTarget.getBoundingClientRect()
    const row = Math.floor(((event.clientY - box.top - scene.plot.top) / scene.plot.height) * data.layers.length)
    const pixel = event.clientX - box.left
    const inside = row >= 0 && row < data.layers.length && pixel >= scene.plot.left && pixel <= scene.plot.left + scene.plot.width
    setAt(inside ? { row, x: dataX(scene, pixel), spoken: false } : null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = scene && stepTo(event.key, scene.grid.cells, cell)
    if (event.key === 'Escape' && at) setAt(null)
    else if (event.key === '0') onMove(null)
    else if (next) setAt({ row: next.row, x: (next.from + next.to) / 2, spoken: true })
    else return
    event.preventDefault()
  }
  return (
    <div className="relative" style={{ height }}>
      <div
        ref={element}
        role="img"
        aria-label={`${summary} Arrow keys read cells.`}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown 0 Escape"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves from cell to cell
        tabIndex={0}
        className="absolute inset-0 cursor-crosshair touch-pan-y rounded-sm select-none"
        data-testid="plot"
        onKeyDown={onKeyDown}
        {...handlers}
        onPointerMove={(event) => {
          handlers.onPointerMove(event)
          point(event)
        }}
        onPointerLeave={(event) => {
          handlers.onPointerLeave(event)
          setAt(null)
        }}
      >
        {option ? <EChart option={option} size={size} /> : null}
        {scene && selection ? <SelectionBox from={selection[0]} to={selection[1]} plot={scene.plot} /> : null}
      </div>
      {scene ? <SharedCrosshair scene={scene} /> : null}
      {scene && cell ? (
        <CellFrame cell={cell} left={plotX(scene, cell.from)} right={plotX(scene, cell.to)} scene={scene} rows={data.layers.length} />
      ) : null}
      {scene && cell ? (
        <CellTooltip plot={element} left={plotX(scene, (cell.from + cell.to) / 2)} top={scene.plot.top} lines={cellText(data, cell)} />
      ) : null}
      <div aria-live="polite" className="sr-only" data-testid="crosshair-text">
        {cell && at?.spoken ? cellText(data, cell).join(', ') : ''}
      </div>
    </div>
  )
}

interface CellFrameProps {
  cell: Cell
  left: number
  right: number
  rows: number
  scene: { plot: { left: number; top: number; width: number; height: number } }
}

function CellFrame({ cell, left, right, rows, scene: { plot } }: CellFrameProps) {
  const from = Math.max(plot.left, left)
  const to = Math.min(plot.left + plot.width, right)
  return (
    <div
      className="pointer-events-none absolute border border-text"
      style={{ left: from, width: Math.max(3, to - from), top: plot.top + (cell.row * plot.height) / rows, height: plot.height / rows }}
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
