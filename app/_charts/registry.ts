import type { ChartKind } from './chart-kind.ts'
import { heatmapKind } from './heatmap/kind.ts'
import { ratioHistogramKind } from './ratio-histogram/kind.ts'
import { scalarKind } from './scalar/kind.ts'
import { scatterKind } from './scatter/kind.ts'
import { sparklineKind } from './sparkline/kind.ts'
import { trainValKind } from './train-val/kind.ts'

/** Every kind of chart. A new one is a folder with a `kind.ts` and a line here: gallery, golden files and exports follow. */
export const CHART_KINDS = {
  scalar: scalarKind,
  scatter: scatterKind,
  'train-val': trainValKind,
  heatmap: heatmapKind,
  'ratio-histogram': ratioHistogramKind,
  sparkline: sparklineKind,
  // biome-ignore lint/suspicious/noExplicitAny: each kind has data of its own, paired with its own fixtures
} as const satisfies Record<string, ChartKind<any>>

export type ChartKindId = keyof typeof CHART_KINDS
