'use client'

import { Minus, Plus } from 'lucide-react'
import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../_ui/button.tsx'
import { PlotTip } from '../plot-tip.tsx'
import { SvgShapes } from '../shapes/svg-shapes.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import { type ModelGraphData, modelGraph, NODE_HEIGHT, NODE_WIDTH } from './graph-layout.ts'
import { graphShapes } from './graph-shapes.ts'
import { layerText } from './layer-text.ts'

const LEAST = 0.05
const MOST = 3
/** At first the whole width is shown, but never so small that nothing can be read. */
const READABLE = 0.6

/** The graph in an area that scrolls: drag pans, Ctrl or ⌘ + wheel zooms about the pointer, a layer under the pointer is read out. */
export function GraphPlot({ data, summary, height }: { data: ModelGraphData; summary: string; height: number | string }) {
  const area = useRef<HTMLDivElement>(null)
  const { near, width, height: pixels } = useInView(area)
  const graph = modelGraph(data.model)
  const look = useLook()
  const shapes = useMemo(() => (near ? graphShapes(graph, look) : []), [near, graph, look])
  const [chosen, setChosen] = useState<number | null>(null)
  const scale = chosen ?? Math.min(1, Math.max(READABLE, width / Math.max(1, graph.width)))
  const whole = Math.max(LEAST, Math.min(1, width / Math.max(1, graph.width), pixels / Math.max(1, graph.height)))
  const [tip, setTip] = useState<{ node: number; left: number; top: number } | null>(null)
  const held = useRef<{ x: number; y: number; left: number; top: number } | null>(null)
  /** A point of the graph that stays where it is in the area while the scale changes. */
  const anchor = useRef<{ x: number; y: number; left: number; top: number } | null>(null)
  const latest = useRef(scale)

  useLayoutEffect(() => {
    latest.current = scale
    const target = area.current
    const kept = anchor.current
    anchor.current = null
    if (!target || !kept) return
    target.scrollLeft = kept.x * scale - kept.left
    target.scrollTop = kept.y * scale - kept.top
  }, [scale])

  const zoomAt = (factor: number, left: number, top: number) => {
    const target = area.current
    if (!target) return
    const now = latest.current
    anchor.current = { x: (target.scrollLeft + left) / now, y: (target.scrollTop + top) / now, left, top }
    setChosen(Math.min(MOST, Math.max(LEAST, now * factor)))
  }
  const zoom = (factor: number) => zoomAt(factor, width / 2, pixels / 2)
  const zoomBy = useRef(zoomAt)
  useEffect(() => {
    zoomBy.current = zoomAt
  })
  useEffect(() => {
    const target = area.current
    if (!target) return
    const wheel = (event: WheelEvent) => {
      if (!(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      const box = target.getBoundingClientRect()
      zoomBy.current(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0025)), event.clientX - box.left, event.clientY - box.top)
    }
    // React's own wheel listener is passive and could not keep the page from zooming.
    target.addEventListener('wheel', wheel, { passive: false })
    return () => target.removeEventListener('wheel', wheel)
  }, [])

  const point = (event: PointerEvent<HTMLElement>) => {
    const target = event.currentTarget
    const box = target.getBoundingClientRect()
    const grip = held.current
    if (grip) {
      target.scrollLeft = grip.left - (event.clientX - grip.x)
      target.scrollTop = grip.top - (event.clientY - grip.y)
      setTip(null)
      return
    }
    const inset = Math.max(0, (width - graph.width * scale) / 2)
    const x = (event.clientX - box.left + target.scrollLeft - inset) / scale
    const y = (event.clientY - box.top + target.scrollTop) / scale
    const node = graph.nodes.findIndex((one) => x >= one.x && x <= one.x + NODE_WIDTH && y >= one.y && y <= one.y + NODE_HEIGHT)
    setTip(node < 0 ? null : { node, left: event.clientX - box.left, top: event.clientY - box.top })
  }
  const layer = tip ? graph.nodes[tip.node]?.layer : undefined
  return (
    <div className="relative" style={{ height }}>
      <div
        ref={area}
        role="img"
        aria-label={`${summary} Arrow keys scroll.`}
        aria-keyshortcuts="+ - 0"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls and zooms
        tabIndex={0}
        className="absolute inset-0 cursor-grab overflow-auto rounded-sm select-none active:cursor-grabbing"
        data-testid="plot"
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          if (event.key === '+' || event.key === '=') zoom(1.25)
          else if (event.key === '-') zoom(0.8)
          else if (event.key === '0') setChosen(null)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        onPointerDown={(event) => {
          // A finger scrolls by itself.
          if (event.button !== 0 || event.pointerType === 'touch') return
          const target = event.currentTarget
          target.setPointerCapture(event.pointerId)
          held.current = { x: event.clientX, y: event.clientY, left: target.scrollLeft, top: target.scrollTop }
        }}
        onPointerMove={point}
        onPointerUp={() => {
          held.current = null
        }}
        onPointerCancel={() => {
          held.current = null
        }}
        onPointerLeave={() => setTip(null)}
        onScroll={() => setTip(null)}
      >
        <svg
          aria-hidden
          width={graph.width * scale}
          height={graph.height * scale}
          viewBox={`0 0 ${graph.width} ${graph.height}`}
          className="mx-auto block"
          fontFamily={look.font}
          fontSize={11}
        >
          <SvgShapes shapes={shapes} />
        </svg>
      </div>
      <div className="absolute right-4 bottom-4 flex items-center gap-0.5 rounded border border-border bg-surface-raised p-0.5">
        <Button look="quiet" size="small-icon" aria-label="Smaller" title="Smaller (−)" onClick={() => zoom(0.8)}>
          <Minus size={13} />
        </Button>
        <span className="num w-10 text-center text-xs text-muted">{Math.round(scale * 100)} %</span>
        <Button look="quiet" size="small-icon" aria-label="Larger" title="Larger (+)" onClick={() => zoom(1.25)}>
          <Plus size={13} />
        </Button>
        <Button look="quiet" size="small" onClick={() => setChosen(whole)}>
          Whole
        </Button>
      </div>
      {tip && layer ? <PlotTip plot={area} left={tip.left} top={tip.top} lines={layerText(layer)} /> : null}
    </div>
  )
}
