'use client'

import { type ComponentType, useEffect, useRef, useState } from 'react'
import type { ChartViewProps } from '../_charts/chart-kind.ts'
import { useInView } from '../_charts/use-in-view.ts'

interface GalleryTileProps {
  id: string
  name: string
  make: () => unknown
  View: ComponentType<ChartViewProps<unknown>>
  /** A row high rather than a card. */
  small: boolean
}

/** One fixture. Its data is made when it first comes near: some hold a hundred thousand points. */
export function GalleryTile({ id, name, make, View, small }: GalleryTileProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { near } = useInView(frame)
  const [data, setData] = useState<{ value: unknown } | null>(null)
  useEffect(() => {
    if (near) setData((made) => made ?? { value: make() })
  }, [near, make])
  return (
    <figure className="flex min-w-0 flex-col gap-1" data-testid="gallery-tile">
      <figcaption className="text-sm text-muted">{name}</figcaption>
      <div ref={frame} className={small ? 'min-h-8' : 'min-h-72'}>
        {data ? <View id={id} data={data.value} /> : null}
      </div>
    </figure>
  )
}
