'use client'

import { useLayoutEffect, useRef } from 'react'
import { drawLines } from './draw-lines.ts'
import type { XyScene } from './xy-data.ts'

/** The lines of a chart with many series, over axes drawn by ECharts. */
export function LinesCanvas({ scene }: { scene: XyScene }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = scene.size
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const ratio = window.devicePixelRatio || 1
    const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (element.width !== deviceWidth || element.height !== deviceHeight) {
      element.width = deviceWidth
      element.height = deviceHeight
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    drawLines(context, scene)
  }, [scene, width, height])
  return <canvas ref={canvas} aria-hidden className="pointer-events-none absolute inset-0" style={{ width, height }} data-testid="lines-canvas" />
}
