'use client'

import { type KeyboardEvent, useCallback } from 'react'
import { crosshair } from '../crosshair.ts'
import type { ZoomRange } from '../zoom-bus.ts'
import { xTitle } from './axis-layout.ts'
import { xExtent } from './extent.ts'
import { nextX } from './nearest.ts'
import type { XyScene } from './xy-data.ts'
import { zoomed } from './zoom-range.ts'

/** Points per Shift + arrow. */
const STRIDE = 10

/**
 * Arrow keys move the crosshair from point to point (Shift: ten), Home and End to the ends, + and − zoom about it, 0 shows everything,
 * Escape puts it away.
 */
export function usePlotKeys(scene: XyScene | null, id: string, move: (range: ZoomRange) => void) {
  return useCallback(
    (event: KeyboardEvent) => {
      if (!scene || event.ctrlKey || event.metaKey || event.altKey) return
      const standing = crosshair.get()
      const at = standing?.source === id ? standing.x : null
      const go = (x: number | null) => {
        if (x !== null) crosshair.set({ x, axis: xTitle(scene.data.x), source: id, pixelY: null })
      }
      const step = (direction: 1 | -1) => {
        let x = at ?? (direction === 1 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)
        for (let i = 0; i < (event.shiftKey ? STRIDE : 1); i++) x = nextX(scene, x, direction) ?? x
        if (Number.isFinite(x)) go(x)
      }
      const zoom = (factor: number) => {
        const full = xExtent(scene.data.lines) ?? [scene.x.min, scene.x.max]
        move(zoomed([scene.x.min, scene.x.max], at ?? (scene.x.min + scene.x.max) / 2, factor, full))
      }
      switch (event.key) {
        case 'ArrowRight':
          step(1)
          break
        case 'ArrowLeft':
          step(-1)
          break
        case 'Home':
          go(nextX(scene, Number.NEGATIVE_INFINITY, 1))
          break
        case 'End':
          go(nextX(scene, Number.POSITIVE_INFINITY, -1))
          break
        case '+':
        case '=':
          zoom(0.5)
          break
        case '-':
          zoom(2)
          break
        case '0':
          move(null)
          break
        case 'Escape':
          if (at === null) return
          crosshair.set(null)
          break
        default:
          return
      }
      event.preventDefault()
      event.stopPropagation()
    },
    [scene, id, move],
  )
}
