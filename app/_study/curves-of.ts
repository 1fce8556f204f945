import { type BandSpread, bandGrid, seedBand } from '../../core/ablation/seed-bands.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { ChartColumns, XAxis } from '../../core/chart.ts'
import { RUN_PALETTE } from '../../core/colour.ts'
import type { BandFacts, SeedBandsData } from '../_charts/seed-bands/band-data.ts'
import { bandLine } from '../_charts/seed-bands/band-line.ts'
import type { Dash } from '../_charts/xy/xy-data.ts'

/** The runs whose curves a variant's mean is over. */
export interface VariantRuns {
  key: string
  label: string
  runIds: string[]
  /** Runs that are in no mean: failed, diverged, interrupted, duplicates. */
  leftOut: number
}

/** Runs that count and runs that are still training, per variant, by the cells of a metric (the first one, for a metric outside the study). */
export function curveRuns(result: StudyResult, metric: string): VariantRuns[] {
  const name = result.metrics.some((one) => one.name === metric) ? metric : result.metrics[0]?.name
  return result.variants.map(({ key, label }) => {
    const values = result.cells.find((cell) => cell.variant === key && cell.metric === name)?.values ?? []
    const runIds = values.filter(({ state }) => state === 'counted' || state === 'running').map(({ runId }) => runId)
    return { key, label, runIds, leftOut: values.length - runIds.length }
  })
}

const DASHES: Dash[] = ['solid', 'dashed', 'dotted']

/** By the place of the variant in the study, so that it looks the same whatever else is drawn. */
export function variantLook(index: number): { colour: string; dash: Dash } {
  return { colour: RUN_PALETTE[index % RUN_PALETTE.length]!, dash: DASHES[Math.floor(index / RUN_PALETTE.length) % DASHES.length]! }
}

interface CurvesOptions {
  metric: string
  x: XAxis
  spread: BandSpread
  level: number
  logY: boolean
  /** Keys of the variants drawn. */
  shown: ReadonlySet<string>
}

/** Means over seeds of the drawn variants from the columns of their runs. */
export function curvesOf(
  variants: readonly VariantRuns[],
  columns: readonly ChartColumns[],
  { metric, x, spread, level, logY, shown }: CurvesOptions,
): SeedBandsData {
  const of = new Map(columns.map((one) => [one.runId, one]))
  const drawn = variants.flatMap((variant, index) =>
    shown.has(variant.key) ? [{ ...variant, index, curves: variant.runIds.flatMap((id) => of.get(id) ?? []) }] : [],
  )
  const grid = bandGrid(drawn.flatMap(({ curves }) => curves))
  const facts: Record<string, BandFacts> = {}
  const lines = drawn.map(({ key, label, index, curves }) => {
    const band = seedBand(curves, spread, level, grid)
    facts[key] = { seeds: band.seeds, partial: band.partial, nonFinite: band.nonFinite }
    return bandLine(band, { key, name: metric, label, ...variantLook(index) })
  })
  return {
    title: metric,
    lines,
    x,
    smoothing: { kind: 'none' },
    view: null,
    logY,
    clipOutliers: false,
    spread,
    level,
    bin: grid.bin,
    facts,
    leftOut: variants.length - drawn.length,
  }
}
