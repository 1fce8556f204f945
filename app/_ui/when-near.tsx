'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** How far from the window things are made (px). */
const MARGIN = 400

/** Draws its contents once they have been near the window, and keeps them: what nobody scrolls to is neither read nor drawn. */
export function WhenNear({ height, children }: { height: number; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element || seen) return
    const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && setSeen(true), {
      rootMargin: `${MARGIN}px 0px`,
      scrollMargin: `${MARGIN}px 0px`,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [seen])
  return (
    <div ref={box} className="min-w-0" style={seen ? undefined : { minHeight: height }}>
      {seen ? children : null}
    </div>
  )
}
