'use client'

import { useMemo } from 'react'
import type { XAxis } from '../../core/chart.ts'
import { RUN_PALETTE, runColour } from '../../core/colour.ts'
import type { ShapeChart } from '../../core/diagnosis/shapes/shapes.ts'
import { metricSplit } from '../../core/metric-groups.ts'
import { splitMetricName } from '../../core/metric-name.ts'
import { ScalarCard, type ScalarCardProps, type ScalarSeries } from '../_charts/scalar-card.tsx'
import { useFindingSpans } from '../_findings/diagnosis-context.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'
import type { RunData } from './run-data.ts'
import { useAbandoned } from './use-abandoned.ts'

/** Room of a card with title, plot and one line of notes (px). */
const CARD_HEIGHT = 296

interface MetricChartProps {
  data: RunData
  /** Metrics of this card; several share its axes. */
  names: string[]
  title: string
  variant?: ScalarCardProps['variant']
  /** In view from the start: drawn without waiting to be scrolled to. */
  eager?: boolean
  /** x axis of this card whatever the page's is. */
  x?: XAxis
  /** Names of the lines in the legend, by metric; default made from the metrics. */
  labels?: Readonly<Record<string, string>>
  /** Splits that the metrics stand for in a `train-val` card whose names do not tell. */
  splits?: Readonly<Record<string, 'train' | 'val' | 'test'>>
  /** What the difference of the splits is called; default `gap train − val`. */
  gap?: string
  /** Which of the two main charts of the run it is: the shapes of its curves are named. */
  main?: ShapeChart
  /** Draws what was logged, whatever smoothing the page has: a schedule has no noise to take away. */
  raw?: boolean
}

const RAW = { kind: 'none' } as const

/** A card of this run's metrics. */
export function MetricChart({ data, names, title, variant = 'line', eager, x, labels, splits, gap, raw, main }: MetricChartProps) {
  const { run } = data
  const spans = useFindingSpans(names, main ?? null)
  const [abandoned] = useAbandoned()
  const colour = runColour(run)
  const key = names.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is `names` by value
  const series = useMemo(() => {
    const many = names.length > 1
    const oneGroup = many && new Set(names.map((name) => splitMetricName(name).group)).size === 1
    return names.map((name, index): ScalarSeries => {
      return {
        runId: run.id,
        name,
        // Layers of one group differ in what follows its name.
        label: labels?.[name] ?? (oneGroup ? splitMetricName(name).leaf : name),
        colour: many ? (RUN_PALETTE[index % RUN_PALETTE.length] ?? colour) : colour,
        split: variant === 'train-val' ? (splits?.[name] ?? metricSplit(name)?.split ?? (many && index === 0 ? 'train' : undefined)) : undefined,
        startedAt: run.startedAt,
      }
    })
  }, [key, run.id, run.startedAt, colour, variant, labels, splits])
  return (
    <LazyCard height={CARD_HEIGHT} eager={eager} label={title} metrics={names}>
      <ScalarCard
        title={title}
        series={series}
        spans={spans}
        variant={variant}
        x={x}
        smoothing={raw ? RAW : undefined}
        abandoned={abandoned}
        gap={gap}
      />
    </LazyCard>
  )
}
