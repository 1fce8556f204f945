'use client'

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { crosshair } from './crosshair.ts'
import { dataX, type XFrame } from './xy/xy-data.ts'
import { panned, zoomed } from './xy/zoom-range.ts'
import type { ZoomRange } from './zoom-bus.ts'

/** What gestures need of a plot. */
export interface GestureFrame extends XFrame {
  /** All x there is: zooming out ends here. */
  full: [number, number]
  /** Words for the x axis; crosshairs are shared by charts with the same. */
  axis: string
  /** The x to stand on for a pointer at this pixel. */
  snap: (pixel: number) => number
}

interface Drag {
  kind: 'select' | 'pan'
  from: number
  range: [number, number]
}

/** Shorter drags are clicks. Pixels. */
const LEAST_DRAG = 4

/**
 * Mouse and touch on a plot. Drag selects an x range to zoom to; Shift + drag pans; Ctrl or ⌘ + wheel and pinch zoom about the pointer;
 * double click shows everything again. One finger moves the crosshair and still scrolls the page up and down.
 */
export function usePlotGestures(element: RefObject<HTMLElement | null>, scene: GestureFrame | null, id: string, move: (range: ZoomRange) => void) {
  const drag = useRef<Drag | null>(null)
  const fingers = useRef(new Map<number, number>())
  const [selection, setSelection] = useState<[number, number] | null>(null)
  const latest = useRef({ scene, move })
  useEffect(() => {
    latest.current = { scene, move }
  })

  useEffect(() => {
    const target = element.current
    if (!target) return
    const wheel = (event: WheelEvent) => {
      const { scene, move } = latest.current
      if (!scene || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      const at = dataX(scene, event.clientX - target.getBoundingClientRect().left)
      move(zoomed([scene.x.min, scene.x.max], at, Math.exp(event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0025)), scene.full))
    }
    // React's own wheel listener is passive and could not keep the page from zooming.
    target.addEventListener('wheel', wheel, { passive: false })
    return () => target.removeEventListener('wheel', wheel)
  }, [element])

  const pixelOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left
  const point = (event: PointerEvent) => {
    if (!scene) return
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top
    crosshair.set({ x: scene.snap(pixelOf(event)), axis: scene.axis, source: id, pixelY: y })
  }

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (!scene) return
      if (event.pointerType === 'touch') {
        fingers.current.set(event.pointerId, pixelOf(event))
        point(event)
        return
      }
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { kind: event.shiftKey ? 'pan' : 'select', from: pixelOf(event), range: [scene.x.min, scene.x.max] }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!scene) return
      const pixel = pixelOf(event)
      if (fingers.current.size === 2 && fingers.current.has(event.pointerId)) {
        const [a = 0, b = 0] = fingers.current.values()
        fingers.current.set(event.pointerId, pixel)
        const [c = 0, d = 0] = fingers.current.values()
        const factor = Math.abs(a - b) / Math.max(8, Math.abs(c - d))
        move(zoomed([scene.x.min, scene.x.max], dataX(scene, (c + d) / 2), factor, scene.full))
        return
      }
      const held = drag.current
      if (held?.kind === 'pan') {
        const shift = ((held.from - pixel) / scene.plot.width) * (held.range[1] - held.range[0])
        move(panned(held.range, shift, scene.full))
      } else if (held && Math.abs(pixel - held.from) >= LEAST_DRAG) setSelection(clampPixels(scene, held.from, pixel))
      point(event)
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      fingers.current.delete(event.pointerId)
      const held = drag.current
      drag.current = null
      setSelection(null)
      if (!scene || held?.kind !== 'select' || Math.abs(pixelOf(event) - held.from) < LEAST_DRAG) return
      const [from, to] = clampPixels(scene, held.from, pixelOf(event))
      if (to > from) move([dataX(scene, from), dataX(scene, to)])
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      fingers.current.delete(event.pointerId)
      drag.current = null
      setSelection(null)
    },
    onPointerLeave(event: PointerEvent<HTMLElement>) {
      if (event.pointerType !== 'touch') crosshair.leave(id)
    },
    onDoubleClick: () => move(null),
  }
  return { handlers, selection }
}

function clampPixels({ plot }: XFrame, a: number, b: number): [number, number] {
  const clamp = (pixel: number) => Math.min(plot.left + plot.width, Math.max(plot.left, pixel))
  return [clamp(Math.min(a, b)), clamp(Math.max(a, b))]
}
