'use client'

import { useMemo, useRef } from 'react'
import { PlotSurface } from '../plot-surface.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import type { ZoomRange } from '../zoom-bus.ts'
import { CrosshairLayer } from './crosshair-layer.tsx'
import { xExtent } from './extent.ts'
import { LinesCanvas } from './lines-canvas.tsx'
import { type ReadingOrder, snapX } from './nearest.ts'
import { xyScene } from './scene.ts'
import { usePlotKeys } from './use-plot-keys.ts'
import { MANY_LINES, type Mark, type XyData } from './xy-data.ts'
import { xyOption } from './xy-option.ts'

interface XyPlotProps {
  /** Unique on the page: names the source of crosshair and zoom. */
  id: string
  data: XyData
  mark: Mark
  /** The chart in words. */
  summary: string
  /** CSS height of the plot, default 240px. */
  height?: number | string
  order: ReadingOrder
  onMove: (range: ZoomRange) => void
}

/** Above this many dots a frame of ECharts takes longer than the eye forgives. */
const MANY_DOTS = 1_000

/** A plot with axes, lines or dots, crosshair, zoom and keyboard. Draws only while it is near the viewport. */
export function XyPlot({ id, data, mark, summary, height = 240, order, onMove }: XyPlotProps) {
  const element = useRef<HTMLDivElement>(null)
  const { near, width, height: pixels } = useInView(element)
  const look = useLook()
  const size = useMemo(() => ({ width, height: pixels }), [width, pixels])
  const scene = useMemo(
    () => (near && width > 0 && pixels > 0 ? xyScene(data, mark, look, size) : null),
    [near, data, mark, look, size, width, pixels],
  )
  const many = data.lines.length > MANY_LINES || (scene?.lines.reduce((sum, { dots }) => sum + (dots?.length ?? 0) / 2, 0) ?? 0) > MANY_DOTS
  const option = useMemo(() => (scene ? xyOption(scene, look, { axesOnly: many }) : null), [scene, look, many])
  const frame = useMemo(
    () =>
      scene && {
        ...scene,
        full: xExtent(scene.data.lines) ?? ([scene.x.min, scene.x.max] as [number, number]),
        axis: scene.x.title,
        snap: (pixel: number) => snapX(scene, pixel),
      },
    [scene],
  )
  const onKeyDown = usePlotKeys(scene, id, onMove)
  return (
    <PlotSurface
      element={element}
      id={id}
      label={`${summary} Arrow keys read values.`}
      keys="ArrowLeft ArrowRight Home End + - 0 Escape"
      height={height}
      option={option}
      size={size}
      frame={frame}
      onMove={onMove}
      onKeyDown={onKeyDown}
      drawn={scene && many ? <LinesCanvas scene={scene} /> : null}
    >
      {scene ? <CrosshairLayer id={id} scene={scene} order={order} plot={element} /> : null}
    </PlotSurface>
  )
}
