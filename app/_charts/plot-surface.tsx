'use client'

import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react'
import type { ChartOption, Size } from './chart-kind.ts'
import { EChart } from './echart.tsx'
import { SelectionBox } from './selection-box.tsx'
import { type GestureFrame, usePlotGestures } from './use-plot-gestures.ts'
import type { ZoomRange } from './zoom-bus.ts'

interface PlotSurfaceProps {
  /** The focusable area; its size is what the option is laid out for. */
  element: RefObject<HTMLDivElement | null>
  /** Unique on the page: names the source of crosshair and zoom. */
  id: string
  /** The chart in words, and what the arrow keys do. */
  label: string
  keys: string
  height: number | string
  /** Null while there is nothing to draw yet. */
  option: ChartOption | null
  size: Size
  frame: GestureFrame | null
  onMove: (range: ZoomRange) => void
  onKeyDown: (event: KeyboardEvent) => void
  /** Beside the gestures that all plots share. */
  onPoint?: (event: PointerEvent<HTMLElement>) => void
  onLeave?: () => void
  /** Drawn over the picture, inside the area that takes the pointer. */
  drawn?: ReactNode
  /** Drawn over it, outside that area: crosshair, frame, tooltip. */
  children?: ReactNode
}

/** The area of a plot that takes pointer, touch and keys: picture, zoom by dragging, and whatever is laid over it. */
export function PlotSurface(props: PlotSurfaceProps) {
  const { element, id, label, keys, height, option, size, frame, onMove, onKeyDown, onPoint, onLeave, drawn, children } = props
  const { handlers, selection } = usePlotGestures(element, frame, id, onMove)
  return (
    <div className="relative" style={{ height }}>
      <div
        ref={element}
        role="img"
        aria-label={label}
        aria-keyshortcuts={keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard reads values
        tabIndex={0}
        className="absolute inset-0 cursor-crosshair touch-pan-y rounded-sm select-none"
        data-testid="plot"
        onKeyDown={onKeyDown}
        {...handlers}
        onPointerMove={(event) => {
          handlers.onPointerMove(event)
          onPoint?.(event)
        }}
        onPointerLeave={(event) => {
          handlers.onPointerLeave(event)
          onLeave?.()
        }}
      >
        {option ? <EChart option={option} size={size} /> : null}
        {drawn}
        {frame && selection ? <SelectionBox from={selection[0]} to={selection[1]} plot={frame.plot} /> : null}
      </div>
      {children}
    </div>
  )
}
