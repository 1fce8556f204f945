'use client'

import { useMemo, useRef } from 'react'
import { EChart } from '../echart.tsx'
import { useLook } from '../theme.ts'
import { useInView } from '../use-in-view.ts'
import { histogramOption } from './option.ts'
import type { HistogramData } from './slices.ts'

/** The histogram picture; everything it says is also in the notes, as text. */
export function HistogramPlot({ data, summary, height = 240 }: { data: HistogramData; summary: string; height?: number | string }) {
  const element = useRef<HTMLDivElement>(null)
  const { near, width, height: pixels } = useInView(element)
  const look = useLook()
  const size = useMemo(() => ({ width, height: pixels }), [width, pixels])
  const option = useMemo(
    () => (near && width > 0 && pixels > 0 ? histogramOption(data, look, { width, height: pixels }) : null),
    [near, data, look, width, pixels],
  )
  return (
    <div ref={element} role="img" aria-label={summary} className="relative" style={{ height }} data-testid="plot">
      {option ? <EChart option={option} size={size} /> : null}
    </div>
  )
}
