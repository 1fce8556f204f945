'use client'

import type { HTMLAttributes, KeyboardEvent, ReactNode, RefObject } from 'react'
import type { Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { PlotTip } from '../plot-tip.tsx'
import type { SvgShape } from './shape.ts'
import { SvgShapes } from './svg-shapes.tsx'

type Pointer = Pick<HTMLAttributes<HTMLElement>, `onPointer${'Down' | 'Move' | 'Up' | 'Cancel' | 'Leave'}` | 'onClick' | 'onDoubleClick'>

interface ShapePlotProps extends Pointer {
  /** The focusable area; its size is what the shapes are laid out for. */
  element: RefObject<HTMLDivElement | null>
  /** The chart in words, and what the arrow keys do. */
  label: string
  keys: string
  height: number | string
  size: Size
  look: Look
  shapes: readonly SvgShape[]
  /** Drawn over the shapes, in the same pixels. */
  marks?: ReactNode
  /** What is read out, and where (pixels of the plot); null: nothing. */
  reading: { lines: string[]; left: number; top: number } | null
  /** Whether the reading was reached by keyboard, and so is said to screen readers. */
  spoken: boolean
  onKeyDown: (event: KeyboardEvent) => void
  children?: ReactNode
}

/** The area of a plot that we draw ourselves: shapes, pointer and keys, and what is read out. */
export function ShapePlot(props: ShapePlotProps) {
  const { element, label, keys, height, size, look, shapes, marks, reading, spoken, onKeyDown, children, ...pointer } = props
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
        {...pointer}
      >
        <svg
          aria-hidden
          width={size.width}
          height={size.height}
          className="pointer-events-none absolute inset-0"
          fontFamily={look.font}
          fontSize={look.fontSize}
        >
          <SvgShapes shapes={shapes} />
          {marks}
        </svg>
      </div>
      {children}
      {reading ? <PlotTip plot={element} {...reading} /> : null}
      <div aria-live="polite" className="sr-only" data-testid="crosshair-text">
        {spoken && reading ? reading.lines.join(', ') : ''}
      </div>
    </div>
  )
}
