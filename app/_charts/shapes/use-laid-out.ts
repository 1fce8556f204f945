'use client'

import { type RefObject, useMemo } from 'react'
import type { Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import type { SvgShape } from './shape.ts'

/**
 * Lays a picture out for its place on the page and draws it, once it is near the window. The functions must be the same every time.
 * `chosen`: what is picked out in the drawing, if anything.
 */
export function useLaidOut<Data, Scene, Chosen = null>(
  element: RefObject<HTMLElement | null>,
  data: Data,
  layOut: (data: Data, look: Look, size: Size) => Scene,
  draw: (scene: Scene, look: Look, chosen: Chosen | null) => SvgShape[],
  chosen: Chosen | null = null,
) {
  const { near, width, height } = useInView(element)
  const look = useLook()
  const size = useMemo(() => ({ width, height }), [width, height])
  const scene = useMemo(
    () => (near && width > 0 && height > 0 ? layOut(data, look, { width, height }) : null),
    [near, data, look, width, height, layOut],
  )
  const shapes = useMemo(() => (scene ? draw(scene, look, chosen) : []), [scene, look, draw, chosen])
  return { scene, shapes, look, size }
}
