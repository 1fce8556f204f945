'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Charts are made this far before they come into view (px): just inside the distance at which they start to read data. */
const MARGIN = 380

interface LazyCardProps {
  height: number
  eager?: boolean
  children: ReactNode
  label: string
  /** What it draws: others find the card by it. */
  metrics?: readonly string[]
}

/** Keeps the place of a card and draws it only near the window, so that a page of a thousand charts costs what is seen. */
export function LazyCard({ height, eager, children, label, metrics }: LazyCardProps) {
  const box = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(eager ?? false)
  const [kept, setKept] = useState(height)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1)
        if (!last) return
        // What goes away leaves a gap of its own size: the page must not jump.
        if (!last.isIntersecting && element.firstElementChild) setKept(Math.max(height, Math.round(element.firstElementChild.clientHeight)))
        setNear(last.isIntersecting)
      },
      // `scrollMargin` is the one that counts inside a scrolling area.
      { rootMargin: `${MARGIN}px 0px`, scrollMargin: `${MARGIN}px 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [height])
  return (
    <div
      ref={box}
      className="min-w-0"
      style={near ? { minHeight: height } : { height: kept }}
      data-testid="metric-card"
      data-card={label}
      data-metrics={metrics?.join('\n')}
    >
      {near ? children : null}
    </div>
  )
}
