'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Charts are made before they come into view, and unmade when far away (px). */
const MARGIN = 800

/** Keeps the place of a card and draws it only near the window, so that a page of a thousand charts costs what is seen. */
export function LazyCard({ height, eager, children, label }: { height: number; eager?: boolean; children: ReactNode; label: string }) {
  const box = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(eager ?? false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), { rootMargin: `${MARGIN}px 0px` })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={box} className="min-w-0" style={{ minHeight: height }} data-testid="metric-card" data-card={label}>
      {near ? children : null}
    </div>
  )
}
