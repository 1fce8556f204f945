'use client'

import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { PlotTip } from '../plot-tip.tsx'
import { SvgShapes } from '../shapes/svg-shapes.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import { curveLook, type PrCurveData } from './pr-data.ts'
import { nearestPoint, type PrPoint, pixelOf, prPointText, stepPoint } from './pr-reading.ts'
import { prScene, prShapes } from './pr-scene.ts'

/** The curves with their pointer: the nearest threshold is read out. */
export function PrPlot({ data, summary, height }: { data: PrCurveData; summary: string; height: number | string }) {
  const element = useRef<HTMLDivElement>(null)
  const { near, width, height: pixels } = useInView(element)
  const look = useLook()
  const scene = useMemo(
    () => (near && width > 0 && pixels > 0 ? prScene(data, look, { width, height: pixels }) : null),
    [near, data, look, width, pixels],
  )
  const shapes = useMemo(() => (scene ? prShapes(scene, look) : []), [scene, look])
  const [at, setAt] = useState<(PrPoint & { spoken: boolean }) | null>(null)
  // Another step or another choice of classes may have fewer points.
  const curve = at ? data.value.curves[at.curve] : undefined
  const standing = at && curve && data.shown.includes(at.curve) && at.point < curve.recall.length ? at : null
  const lines = scene && standing ? prPointText(scene, standing) : []
  const [x, y] = scene && standing && curve ? pixelOf(scene, curve.recall[standing.point]!, curve.precision[standing.point]!) : [0, 0]
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return
    const next = stepPoint(scene, event.key, standing)
    if (next) setAt({ ...next, spoken: true })
    else if (event.key === 'Escape' && at) setAt(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative" style={{ height }}>
      <div
        ref={element}
        role="img"
        aria-label={`${summary} Arrow keys read points.`}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Home End Escape"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves from point to point
        tabIndex={0}
        className="absolute inset-0 cursor-crosshair touch-pan-y rounded-sm select-none"
        data-testid="plot"
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          if (!scene) return
          const box = event.currentTarget.getBoundingClientRect()
          const found = nearestPoint(scene, event.clientX - box.left, event.clientY - box.top)
          setAt(found && { ...found, spoken: false })
        }}
        onPointerLeave={() => setAt(null)}
      >
        <svg
          aria-hidden
          width={width}
          height={pixels}
          className="pointer-events-none absolute inset-0"
          fontFamily={look.font}
          fontSize={look.fontSize}
        >
          <SvgShapes shapes={shapes} />
          {standing ? <circle cx={x} cy={y} r={4} fill={curveLook(standing.curve).colour} stroke={look.background} strokeWidth={1.5} /> : null}
        </svg>
      </div>
      {scene && standing ? <PlotTip plot={element} left={x} top={y} lines={lines} /> : null}
      <div aria-live="polite" className="sr-only" data-testid="crosshair-text">
        {standing?.spoken ? lines.join(', ') : ''}
      </div>
    </div>
  )
}
