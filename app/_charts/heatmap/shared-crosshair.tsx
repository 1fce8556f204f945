'use client'

import { useSyncExternalStore } from 'react'
import { crosshair } from '../crosshair.ts'
import { plotX, type XFrame } from '../xy/xy-data.ts'

/** The crosshair of the other charts, where this one has steps on x too. */
export function SharedCrosshair({ scene }: { scene: XFrame }) {
  const standing = useSyncExternalStore(crosshair.subscribe, crosshair.get, () => null)
  if (standing?.axis !== 'step' || standing.x < scene.x.min || standing.x > scene.x.max) return null
  return (
    <div
      className="pointer-events-none absolute left-0 w-px bg-text/60"
      style={{ top: scene.plot.top, height: scene.plot.height, transform: `translateX(${Math.round(plotX(scene, standing.x))}px)` }}
      data-testid="crosshair"
    />
  )
}
