'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo, useRef } from 'react'
import type { Study, StudyMetric } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { formatCount } from '../../core/format-number.ts'
import { rowBlocks } from '../../core/table/row-order.ts'
import type { CardState } from '../_charts/chart-card.tsx'
import { SeedBandsCard } from '../_charts/seed-bands/seed-bands-chart.tsx'
import { Select } from '../_charts/select.tsx'
import { useChartSeries } from '../_charts/use-chart-series.ts'
import { useInView } from '../_charts/use-in-view.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { curveRuns, curvesOf } from './curves-of.ts'
import { VariantPicker } from './variant-picker.tsx'

const SPREADS = ['sd', 'ci', 'min-max'] as const
const PARSERS = {
  /** Of the curves; may be one that is not in the table. */
  curve: parseAsString,
  band: parseAsStringLiteral(SPREADS).withDefault('sd'),
  x: parseAsStringLiteral(['step', 'relative', 'epoch'] as const).withDefault('step'),
  /** Keys of the variants drawn. */
  variants: parseAsArrayOf(parseAsString),
}
/** More bands than these hide one another; the rest can be ticked. */
const FEW = 6
/** Pixel columns asked for: more than the stretches that means are made of when steps do not match. */
const COLUMNS = 1024

interface CurvesTabProps {
  study: Study
  result: StudyResult
  settings: TableSettings
  metric: StudyMetric | undefined
}

/** Learning curves of the variants: mean over seeds with a band. */
export function CurvesTab({ study, result, settings, metric }: CurvesTabProps) {
  const [params, setParams] = useQueryStates(PARSERS)
  const runIds = useMemo(() => study.runs.map(({ runId }) => runId), [study])
  const suggested = useQuery(useTRPC().studies.metrics.queryOptions({ runIds }, { enabled: runIds.length > 0, staleTime: 60_000 }))
  const inTable = result.metrics.map(({ name }) => name)
  const others = (suggested.data ?? []).map((one) => one.metric.name).filter((name) => !inTable.includes(name))
  const name = params.curve ?? metricWithCurve(metric?.name ?? inTable[0] ?? '', suggested.data ?? [])
  const frame = useRef<HTMLDivElement>(null)
  const { near } = useInView(frame)

  const ordered = useMemo(() => rowBlocks(result, settings).flatMap(({ rows }) => rows), [result, settings])
  const shown = useMemo(() => {
    const known = params.variants?.filter((key) => result.variants.some((variant) => variant.key === key)) ?? []
    // Whatever is drawn of many, what the others are compared with is among it.
    return new Set(known.length > 0 ? known : [result.baseline, ...ordered.filter((key) => key !== result.baseline)].slice(0, FEW))
  }, [params.variants, result, ordered])
  const variants = useMemo(() => curveRuns(result, name), [result, name])
  const drawn = variants.filter(({ key }) => shown.has(key))
  const wanted = drawn.map(({ runIds }) => runIds.join()).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` is the runs by value; live updates give new objects for the same runs
  const series = useMemo(() => drawn.flatMap(({ runIds }) => runIds.map((runId) => ({ runId, name }))), [wanted, name])
  const x = useMemo(() => (params.x === 'epoch' ? ({ kind: 'metric', name: 'epoch' } as const) : ({ kind: params.x } as const)), [params.x])
  const query = useChartSeries({
    series,
    x,
    range: null,
    width: COLUMNS,
    smoothing: { kind: 'none' },
    abandoned: false,
    enabled: near && series.length > 0,
  })
  const { data: answer } = query
  const data = useMemo(
    () =>
      answer
        ? curvesOf(variants, answer.columns, { metric: name, x: answer.x, spread: params.band, level: 1 - result.alpha, logY: false, shown })
        : null,
    [answer, variants, name, params.band, result.alpha, shown],
  )
  const leftOut = drawn.reduce((sum, one) => sum + one.leftOut, 0)
  const state: CardState | undefined =
    series.length === 0
      ? { kind: 'empty', text: 'None of these variants has a run that counts yet.' }
      : query.isError && !answer
        ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
        : undefined
  return (
    <div ref={frame} className="flex flex-col gap-3 pb-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted">
        <Select
          label="Metric of the curves"
          value={name}
          onChange={(curve) => void setParams({ curve })}
          groups={[
            { label: 'Of the table', options: inTable.map((value) => ({ value, label: value })) },
            { label: 'Other metrics', options: others.map((value) => ({ value, label: value })) },
          ]}
          testId="curve-metric"
        />
        <span className="flex items-center gap-1.5">
          x
          <Select
            label="x axis"
            value={params.x}
            onChange={(value) => void setParams({ x: value as typeof params.x })}
            groups={[
              {
                options: [
                  { value: 'step', label: 'step' },
                  { value: 'epoch', label: 'epoch' },
                  { value: 'relative', label: 'time since start' },
                ],
              },
            ]}
            testId="curve-x"
          />
        </span>
        <span className="flex items-center gap-1.5">
          band
          <Select
            label="Band"
            value={params.band}
            onChange={(value) => void setParams({ band: value as typeof params.band })}
            groups={[
              {
                options: [
                  { value: 'sd', label: '± sample SD' },
                  { value: 'ci', label: `${Number((100 * (1 - result.alpha)).toPrecision(6))}% interval of the mean` },
                  { value: 'min-max', label: 'min to max' },
                ],
              },
            ]}
            testId="curve-band"
          />
        </span>
        <VariantPicker variants={variants} order={ordered} shown={shown} onShown={(keys) => void setParams({ variants: keys })} />
      </div>
      <SeedBandsCard
        key={`${name} ${params.x}`}
        id="study-curves"
        title={name}
        data={data}
        height={380}
        busy={query.isPlaceholderData}
        {...(state && { state })}
      />
      {leftOut > 0 ? (
        <p className="text-sm text-muted" data-testid="curves-left-out">
          {formatCount(leftOut)} {leftOut === 1 ? 'run is' : 'runs are'} in no mean: failed, diverged, interrupted, or a seed that another run has.
        </p>
      ) : null}
    </div>
  )
}

/** A test metric is often logged once, at the end: its validation twin has the curve. */
function metricWithCurve(name: string, known: readonly { metric: StudyMetric; points: number }[]): string {
  const pointsOf = (wanted: string) => known.find(({ metric }) => metric.name === wanted)?.points ?? 0
  const twin = name.replace(/^test\//, 'val/')
  return pointsOf(name) <= 1 && pointsOf(twin) > 1 ? twin : name
}
