'use client'

import { useMemo } from 'react'
import { runColour } from '../../core/colour.ts'
import { isNoiseless } from '../../core/lead-metrics.ts'
import { type MetricCard, metricSplit } from '../../core/metric-groups.ts'
import type { Run } from '../../core/run.ts'
import { ScalarCard, type ScalarSeries } from '../_charts/scalar-card.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'

const RAW = { kind: 'none' } as const

/** Room of a card with title, legend, plot and one line of notes (px). */
const CARD_HEIGHT = 318

/** One metric (or its train and validation form) with a line per run. */
export function CompareChart({ card, runs }: { card: MetricCard; runs: Run[] }) {
  const key = `${card.names.join('\n')}\n${runs.map((run) => `${run.id} ${run.name}`).join('\n')}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is names and runs by value; live updates give new objects for the same runs
  const series = useMemo(
    () =>
      runs.flatMap((run) =>
        card.names.map(
          (name): ScalarSeries => ({
            runId: run.id,
            name,
            label: card.names.length > 1 ? `${run.name} · ${metricSplit(name)?.split ?? 'train'}` : run.name,
            colour: runColour(run),
            runName: run.name,
            split: card.names.length > 1 ? (metricSplit(name)?.split ?? 'train') : undefined,
            startedAt: run.startedAt,
          }),
        ),
      ),
    [key],
  )
  return (
    <LazyCard height={CARD_HEIGHT} label={card.title}>
      <ScalarCard
        id={`compare-${card.key.replace(/[^A-Za-z0-9_-]+/g, '-')}`}
        title={card.title}
        series={series}
        smoothing={card.names.every(isNoiseless) ? RAW : undefined}
        variant={card.names.length > 1 ? 'train-val' : 'line'}
      />
    </LazyCard>
  )
}
