'use client'

import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

interface PlotTipProps {
  plot: RefObject<HTMLElement | null>
  /** Pixels within the plot element. */
  left: number
  top: number
  /** The first line is the heading. */
  lines: string[]
}

/** A few lines beside a spot of a plot, kept inside the window. */
export function PlotTip({ plot, left, top, lines }: PlotTipProps) {
  const element = useRef<HTMLDivElement>(null)
  const [position, setPosition] = useState<{ left: number; top: number } | null>(null)
  const text = lines.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the size
  useLayoutEffect(() => {
    const frame = plot.current?.getBoundingClientRect()
    const own = element.current
    if (!frame || !own) return
    const right = frame.left + left + 14
    const wanted = right + own.offsetWidth <= window.innerWidth - 8 ? right : frame.left + left - 14 - own.offsetWidth
    const down = Math.min(frame.top + top + 4, window.innerHeight - own.offsetHeight - 8)
    setPosition({ left: Math.max(8, wanted), top: Math.max(8, down) })
  }, [plot, left, top, text])
  return createPortal(
    <div
      ref={element}
      aria-hidden
      data-testid="plot-tooltip"
      className="num pointer-events-none fixed z-50 max-w-[min(320px,calc(100vw-16px))] rounded border border-border-strong bg-surface-raised px-2 py-1.5 text-xs text-muted shadow-overlay"
      style={position ? { left: position.left, top: position.top } : { visibility: 'hidden', left: 0, top: 0 }}
    >
      {lines.map((line, i) => (
        <div key={line} className={i === 0 ? 'font-medium break-words text-text' : undefined}>
          {line}
        </div>
      ))}
    </div>,
    document.body,
  )
}
