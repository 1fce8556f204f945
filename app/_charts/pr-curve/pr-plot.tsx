'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { ShapePlot } from '../shapes/shape-plot.tsx'
import { useLaidOut } from '../shapes/use-laid-out.ts'
import { curveLook, type PrCurveData } from './pr-data.ts'
import { nearestPoint, type PrPoint, pixelOf, prPointText, stepPoint } from './pr-reading.ts'
import { prScene, prShapes } from './pr-scene.ts'

/** The curves with their pointer: the nearest threshold is read out. */
export function PrPlot({ data, summary, height }: { data: PrCurveData; summary: string; height: number | string }) {
  const element = useRef<HTMLDivElement>(null)
  const { scene, shapes, look, size } = useLaidOut(element, data, prScene, prShapes)
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
    <ShapePlot
      element={element}
      label={`${summary} Arrow keys read points.`}
      keys="ArrowLeft ArrowRight ArrowUp ArrowDown Home End Escape"
      height={height}
      size={size}
      look={look}
      shapes={shapes}
      marks={standing ? <circle cx={x} cy={y} r={4} fill={curveLook(standing.curve).colour} stroke={look.background} strokeWidth={1.5} /> : null}
      reading={scene && standing ? { lines, left: x, top: y } : null}
      spoken={standing?.spoken ?? false}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => {
        if (!scene) return
        const box = event.currentTarget.getBoundingClientRect()
        const found = nearestPoint(scene, event.clientX - box.left, event.clientY - box.top)
        setAt(found && { ...found, spoken: false })
      }}
      onPointerLeave={() => setAt(null)}
    />
  )
}
