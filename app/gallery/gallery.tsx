'use client'

import type { ComponentType } from 'react'
import { ChartCard } from '../_charts/chart-card.tsx'
import { ChartControlsBar } from '../_charts/chart-controls-bar.tsx'
import type { ChartViewProps } from '../_charts/chart-kind.ts'
import { CHART_KINDS } from '../_charts/registry.ts'
import { GalleryTile } from './gallery-tile.tsx'

/** What the gallery needs of a kind, whatever its data. */
interface AnyKind {
  id: string
  title: string
  fixtures: Record<string, () => unknown>
  View: ComponentType<ChartViewProps<unknown>>
}

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,420px),1fr))] items-start gap-4'

export function Gallery() {
  const kinds = Object.values(CHART_KINDS) as unknown as AnyKind[]
  return (
    <div className="flex flex-col gap-8 px-4 py-4" data-testid="gallery">
      <header className="flex flex-col gap-2">
        <h1 className="text-xl font-semibold">Chart gallery</h1>
        <p className="text-muted">Every kind of chart with every fixture; the same fixtures are the golden files of the tests.</p>
        <ChartControlsBar metrics={['train/loss', 'val/loss', 'epoch', 'lr']} />
      </header>
      {kinds.map(({ id, title, fixtures, View }) => (
        <section key={id} className="flex flex-col gap-3" data-testid={`gallery-${id}`}>
          <h2 className="text-lg font-semibold">{title}</h2>
          <div className={GRID}>
            {Object.entries(fixtures).map(([name, make]) => (
              <GalleryTile
                key={name}
                id={`${id}-${name.replace(/[^a-z0-9]+/gi, '-')}`}
                name={name}
                make={make}
                View={View}
                small={id === 'sparkline'}
              />
            ))}
          </div>
        </section>
      ))}
      <section className="flex flex-col gap-3" data-testid="gallery-states">
        <h2 className="text-lg font-semibold">Cards without a picture</h2>
        <div className={GRID}>
          <ChartCard id="state-loading" title="Loading" state={{ kind: 'loading' }} height={140}>
            {() => null}
          </ChartCard>
          <ChartCard
            id="state-error"
            title="Failed"
            state={{ kind: 'error', error: new Error('no run 7f3a in this store: it may have been deleted'), retry: () => {} }}
            height={140}
          >
            {() => null}
          </ChartCard>
          <ChartCard
            id="state-empty"
            title="Nothing in range"
            state={{ kind: 'empty', text: 'No points in this range.', hint: 'Double click or reset zoom to see all.' }}
            height={140}
          >
            {() => null}
          </ChartCard>
          <ChartCard
            id="state-not-logged"
            title="val/accuracy"
            state={{ kind: 'empty', text: 'Not logged by any of these runs.', hint: 'val/accuracy' }}
            height={140}
          >
            {() => null}
          </ChartCard>
        </div>
      </section>
    </div>
  )
}
