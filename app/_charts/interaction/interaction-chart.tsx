'use client'

import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { ChartCard } from '../chart-card.tsx'
import type { ChartViewProps } from '../chart-kind.ts'
import { ExportItems } from '../export-items.tsx'
import { ShapePlot } from '../shapes/shape-plot.tsx'
import { useLaidOut } from '../shapes/use-laid-out.ts'
import type { InteractionData } from './interaction-data.ts'
import { interactionPixel, interactionScene, interactionShapes } from './interaction-shapes.ts'
import { interactionKind, pointText } from './kind.ts'

export function InteractionChart({ id, data, tools }: ChartViewProps<InteractionData> & { tools?: ReactNode }) {
  const empty = data.lines.every(({ points }) => points.length === 0)
  return (
    <ChartCard
      id={id}
      title={data.title}
      state={empty ? { kind: 'empty', text: 'No setting of these factors has a value.' } : { kind: 'ready' }}
      notes={interactionKind.notes(data)}
      height={300}
      tools={tools}
      menu={<ExportItems id={id} title={data.title} kind={interactionKind} data={data} />}
    >
      {(height) => <InteractionPlot data={data} height={height} />}
    </ChartCard>
  )
}

function InteractionPlot({ data, height }: { data: InteractionData; height: string }) {
  const element = useRef<HTMLDivElement>(null)
  const { scene, shapes, look, size } = useLaidOut(element, data, interactionScene, interactionShapes)
  const [at, setAt] = useState<{ index: number; spoken: boolean } | null>(null)
  const points = useMemo(() => data.lines.flatMap(({ label, points }, line) => points.map((point) => ({ label, line, point }))), [data])
  const standing = at ? points[at.index] : undefined
  const [x, y] = scene && standing ? interactionPixel(scene, standing.line, standing.point) : [0, 0]
  const lines = standing ? pointText(data, standing.label, standing.point) : []
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || points.length === 0) return
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt({ index: at ? (at.index + step + points.length) % points.length : 0, spoken: true })
    else if (event.key === 'Escape' && at) setAt(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <ShapePlot
      element={element}
      label={`${interactionKind.summary(data)} Arrow keys read points.`}
      keys="ArrowLeft ArrowRight Escape"
      height={height}
      size={size}
      look={look}
      shapes={shapes}
      marks={standing ? <circle cx={x} cy={y} r={6} fill="none" stroke={look.text} strokeWidth={1} /> : null}
      reading={scene && standing ? { lines, left: x, top: y } : null}
      spoken={at?.spoken ?? false}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => {
        if (!scene) return
        const box = event.currentTarget.getBoundingClientRect()
        const distances = points.map(({ line, point }) => {
          const [px, py] = interactionPixel(scene, line, point)
          return (px - event.clientX + box.left) ** 2 + (py - event.clientY + box.top) ** 2
        })
        const index = distances.indexOf(Math.min(...distances))
        setAt(index >= 0 ? { index, spoken: false } : null)
      }}
      onPointerLeave={() => setAt(null)}
    />
  )
}
