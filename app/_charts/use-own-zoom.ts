'use client'

import { useEffect, useState } from 'react'
import { SETTLE_MS, type ZoomRange } from './zoom-bus.ts'

/** Zoom of a card whose x axis is its own: it follows no other card, and stays out of the page's address. */
export function useOwnZoom(): { view: ZoomRange; settled: ZoomRange; move: (range: ZoomRange) => void } {
  const [view, setView] = useState<ZoomRange>(null)
  const [settled, setSettled] = useState<ZoomRange>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(view), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [view])
  return { view, settled, move: setView }
}
