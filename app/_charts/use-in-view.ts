'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Sizes and nearness of an element: `near` within a screen or so of the viewport, so that far charts cost nothing. */
export function useInView(element: RefObject<HTMLElement | null>): { near: boolean; width: number; height: number } {
  const [near, setNear] = useState(false)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const target = element.current
    if (!target) return
    const visible = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '400px',
      scrollMargin: '400px',
    })
    visible.observe(target)
    const resized = new ResizeObserver(() => {
      const width = Math.round(target.clientWidth)
      const height = Math.round(target.clientHeight)
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }))
    })
    resized.observe(target)
    return () => {
      visible.disconnect()
      resized.disconnect()
    }
  }, [element])
  return { near, ...size }
}
