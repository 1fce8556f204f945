'use client'

import type { EChartsType } from 'echarts/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ChartOption, Size } from './chart-kind.ts'
import { loadEcharts } from './load-echarts.ts'

type Init = typeof import('./echarts-core.ts').initChart

/**
 * Owns one ECharts instance: made when mounted, resized with `size`, thrown away when unmounted. Mount it only while the chart is in
 * view. `option` is what to draw; a new object redraws.
 */
export function EChart({ option, size }: { option: ChartOption; size: Size }) {
  const element = useRef<HTMLDivElement>(null)
  const [init, setInit] = useState<Init | null>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const { width, height } = size

  useEffect(() => {
    let alive = true
    loadEcharts().then((ready) => alive && setInit(() => ready), setFailure)
    return () => {
      alive = false
    }
  }, [])

  useEffect(() => {
    if (!init || !element.current) return
    // Sized by the next effect: making the chart again for each new size would flicker.
    const made = init(element.current, null, { renderer: 'canvas', width: 100, height: 100 })
    setChart(made)
    return () => {
      setChart(null)
      made.dispose()
    }
  }, [init])

  useLayoutEffect(() => {
    if (!chart || chart.isDisposed()) return
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height })
    chart.setOption(option, { replaceMerge: ['series'] })
  }, [chart, option, width, height])

  // An error boundary above shows it like any failed part.
  if (failure) throw failure
  return <div ref={element} aria-hidden className="pointer-events-none absolute inset-0" style={{ width, height }} />
}
