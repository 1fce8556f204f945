'use client'

import { type RefObject, useMemo, useSyncExternalStore } from 'react'
import { crosshair } from '../crosshair.ts'
import { xTitle } from './axis-layout.ts'
import { type ReadingOrder, readings, sortReadings } from './nearest.ts'
import { PlotTooltip } from './plot-tooltip.tsx'
import { spokenReadings } from './reading-text.ts'
import { plotX, plotY, type XyScene } from './xy-data.ts'

/** Rings on more lines than this would hide them. */
const RINGS = 12

interface CrosshairLayerProps {
  id: string
  scene: XyScene
  order: ReadingOrder
  plot: RefObject<HTMLElement | null>
}

/** The crosshair of all charts of the page in this one; the chart pointed at also shows rings, the tooltip and speaks. */
export function CrosshairLayer({ id, scene, order, plot }: CrosshairLayerProps) {
  const standing = useSyncExternalStore(crosshair.subscribe, crosshair.get, () => null)
  const shown = standing && standing.axis === xTitle(scene.data.x) && standing.x >= scene.x.min && standing.x <= scene.x.max ? standing : null
  const own = shown?.source === id
  const x = own ? shown.x : null
  const pixelY = own ? shown.pixelY : null
  const list = useMemo(() => (x === null ? [] : sortReadings(readings(scene, x, pixelY), order)), [scene, x, pixelY, order])
  const left = shown ? plotX(scene, shown.x) : 0
  const byName = order === 'nearest' && pixelY === null ? sortReadings(list, 'name') : list
  return (
    <>
      {shown ? (
        <div
          className="pointer-events-none absolute left-0 w-px bg-muted/60"
          style={{ top: scene.plot.top, height: scene.plot.height, transform: `translateX(${Math.round(left)}px)` }}
          data-testid="crosshair"
        />
      ) : null}
      {list.slice(0, RINGS).map((reading) => {
        const value = reading.smoothed ?? reading.raw
        if (value === null || (scene.y.log && value <= 0)) return null
        const top = plotY(scene, value)
        if (!(top >= scene.plot.top - 1 && top <= scene.plot.top + scene.plot.height + 1)) return null
        return (
          <div
            key={reading.line.key}
            className="pointer-events-none absolute top-0 left-0 size-[7px] rounded-full border-[1.5px] border-background"
            style={{ backgroundColor: reading.line.colour, transform: `translate(${plotX(scene, reading.x) - 3.5}px, ${top - 3.5}px)` }}
          />
        )
      })}
      {own ? <PlotTooltip plot={plot} scene={scene} x={shown.x} left={left} list={byName} /> : null}
      <div aria-live="polite" className="sr-only" data-testid="crosshair-text">
        {own && pixelY === null ? spokenReadings(scene.data, shown.x, byName) : ''}
      </div>
    </>
  )
}
