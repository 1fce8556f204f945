'use client'

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { ShapePlot } from '../shapes/shape-plot.tsx'
import { useLaidOut } from '../shapes/use-laid-out.ts'
import { matrixCellText } from './cell-text.ts'
import type { ConfusionMatrixData, MatrixView } from './matrix-data.ts'
import { cellAt, type MatrixCell, type MatrixGrid } from './matrix-grid.ts'
import { type MatrixScene, matrixScene } from './matrix-layout.ts'
import { matrixShapes } from './matrix-shapes.ts'
import { zoomAbout, zoomTo } from './matrix-zoom.ts'

interface MatrixPlotProps {
  data: ConfusionMatrixData
  summary: string
  height: number | string
  onView: (view: MatrixView | null) => void
}

interface At {
  row: number
  column: number
  /** Reached by keyboard: said to screen readers. */
  spoken: boolean
}

/** The matrix with its pointer: a cell is read out; a drag zooms to its rows and columns, a double click shows all. */
export function MatrixPlot({ data, summary, height, onView }: MatrixPlotProps) {
  const element = useRef<HTMLDivElement>(null)
  const { scene, shapes, look, size } = useLaidOut(element, data, matrixScene, matrixShapes)
  const [at, setAt] = useState<At | null>(null)
  const [from, setFrom] = useState<MatrixCell | null>(null)
  const cell = scene && at ? cellAt(scene.grid, at.row, at.column) : null
  const lines = cell ? matrixCellText(data.value.classes, cell) : []
  const classes = data.value.classes.length

  const under = (event: PointerEvent<HTMLElement>, inside: boolean): At | null => {
    if (!scene) return null
    const box = event.currentTarget.getBoundingClientRect()
    const { plot, grid } = scene
    const column = Math.floor(((event.clientX - box.left - plot.left) / plot.width) * grid.columns.length)
    const row = Math.floor(((event.clientY - box.top - plot.top) / plot.height) * grid.rows.length)
    const clamp = (value: number, count: number) => Math.min(count - 1, Math.max(0, value))
    const near = { row: clamp(row, grid.rows.length), column: clamp(column, grid.columns.length), spoken: false }
    return inside && (near.row !== row || near.column !== column) ? null : near
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return
    const next = stepTo(event.key, scene.grid, at)
    if (next) setAt(next)
    else if (event.key === 'Escape' && at) setAt(null)
    else if (event.key === '0') onView(null)
    else if ((event.key === '+' || event.key === '=' || event.key === 'Enter') && cell) onView(zoomAbout(data.view, cell, 0.5, classes))
    else if (event.key === '-' && cell) onView(zoomAbout(data.view, cell, 2, classes))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <ShapePlot
      element={element}
      label={`${summary} Arrow keys read cells.`}
      keys="ArrowLeft ArrowRight ArrowUp ArrowDown + - 0 Escape"
      height={height}
      size={size}
      look={look}
      shapes={shapes}
      reading={scene && cell && from === null ? { lines, left: columnX(scene, cell.column + 1), top: rowY(scene, cell.row) } : null}
      spoken={at?.spoken ?? false}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        const start = under(event, true)
        if (event.button !== 0 || !scene || !start) return
        if (event.pointerType === 'touch') setAt(start)
        else {
          event.currentTarget.setPointerCapture(event.pointerId)
          setFrom(cellAt(scene.grid, start.row, start.column))
        }
      }}
      onPointerMove={(event) => setAt(under(event, from === null))}
      onPointerUp={(event) => {
        const end = under(event, false)
        if (scene && from && end && (end.row !== from.row || end.column !== from.column))
          onView(zoomTo(scene.grid, from, cellAt(scene.grid, end.row, end.column) ?? from, classes))
        setFrom(null)
      }}
      onPointerCancel={() => setFrom(null)}
      onPointerLeave={() => from === null && setAt(null)}
      onDoubleClick={() => onView(null)}
    >
      {scene && cell ? <CellFrame scene={scene} from={from ?? cell} to={cell} /> : null}
    </ShapePlot>
  )
}

const columnX = ({ plot, grid }: MatrixScene, column: number) => plot.left + (column * plot.width) / grid.columns.length
const rowY = ({ plot, grid }: MatrixScene, row: number) => plot.top + (row * plot.height) / grid.rows.length

/** Around one cell, or around what a drag is about to zoom to. */
function CellFrame({ scene, from, to }: { scene: MatrixScene; from: MatrixCell; to: MatrixCell }) {
  const left = columnX(scene, Math.min(from.column, to.column))
  const top = rowY(scene, Math.min(from.row, to.row))
  const width = columnX(scene, Math.max(from.column, to.column) + 1) - left
  const height = rowY(scene, Math.max(from.row, to.row) + 1) - top
  return (
    <div
      className="pointer-events-none absolute border-[1.5px] border-text"
      style={{ left: left - 1, top: top - 1, width: width + 1, height: height + 1 }}
    />
  )
}

function stepTo(key: string, grid: MatrixGrid, at: At | null): At | null {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key]
  if (!step) return null
  if (!at) return { row: 0, column: 0, spoken: true }
  const [down = 0, right = 0] = step
  return {
    row: Math.min(grid.rows.length - 1, Math.max(0, at.row + down)),
    column: Math.min(grid.columns.length - 1, Math.max(0, at.column + right)),
    spoken: true,
  }
}
