'use client'

import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useChartControls } from './chart-controls.ts'
import { zoomText } from './chart-settings.ts'
import { type ZoomRange, zoomBus } from './zoom-bus.ts'

/** The range to draw now (`view`), and the settled one to fetch (`settled`). */
export function useZoom(chartId: string): { view: ZoomRange; settled: ZoomRange; move: (range: ZoomRange) => void } {
  const { zoom, set } = useChartControls()
  const subscribe = useCallback((notify: () => void) => zoomBus.subscribe(notify, chartId), [chartId])
  const live = useSyncExternalStore(subscribe, zoomBus.live, () => undefined)

  useEffect(() => {
    zoomBus.onCommit = (range) => set({ zoom: range ? zoomText(range) : null })
  }, [set])
  useEffect(() => {
    // The URL has caught up with the hand.
    const moving = zoomBus.live()
    if (moving !== undefined && (moving ? zoomText(moving) : null) === (zoom ? zoomText(zoom) : null)) zoomBus.settle()
  }, [zoom])

  const move = useCallback((range: ZoomRange) => zoomBus.move(range, chartId), [chartId])
  return { view: live === undefined ? zoom : live, settled: zoom, move }
}
