import type { ChartEntry } from './chart-kind.ts'
import { ConfusionMatrixChart } from './confusion-matrix/confusion-matrix-chart.tsx'
import { confusionMatrixKind } from './confusion-matrix/kind.ts'
import { ForestChart } from './forest/forest-chart.tsx'
import { forestKind } from './forest/kind.ts'
import { HeatmapChart } from './heatmap/heatmap-chart.tsx'
import { heatmapKind } from './heatmap/kind.ts'
import { HistogramChart } from './histogram/histogram-chart.tsx'
import { histogramChartKind } from './histogram/kind.ts'
import { InteractionChart } from './interaction/interaction-chart.tsx'
import { interactionKind } from './interaction/kind.ts'
import { modelGraphKind } from './model-graph/kind.ts'
import { ModelGraphChart } from './model-graph/model-graph-chart.tsx'
import { prCurveKind } from './pr-curve/kind.ts'
import { PrCurveChart } from './pr-curve/pr-curve-chart.tsx'
import { ratioHistogramKind } from './ratio-histogram/kind.ts'
import { RatioHistogramChart } from './ratio-histogram/ratio-histogram-chart.tsx'
import { scalarKind } from './scalar/kind.ts'
import { ScalarChart } from './scalar/scalar-chart.tsx'
import { scatterKind } from './scatter/kind.ts'
import { ScatterChart } from './scatter/scatter-chart.tsx'
import { seedBandsKind } from './seed-bands/kind.ts'
import { SeedBandsChart } from './seed-bands/seed-bands-chart.tsx'
import { sparklineKind } from './sparkline/kind.ts'
import { SparklineChart } from './sparkline/sparkline-chart.tsx'
import { trainValKind } from './train-val/kind.ts'
import { TrainValChart } from './train-val/train-val-chart.tsx'

/** Every kind of chart. A new one is a folder and a line here: gallery, golden files and exports follow. */
export const CHART_KINDS = {
  scalar: { ...scalarKind, View: ScalarChart },
  scatter: { ...scatterKind, View: ScatterChart },
  'train-val': { ...trainValKind, View: TrainValChart },
  heatmap: { ...heatmapKind, View: HeatmapChart },
  'ratio-histogram': { ...ratioHistogramKind, View: RatioHistogramChart },
  histogram: { ...histogramChartKind, View: HistogramChart },
  'confusion-matrix': { ...confusionMatrixKind, View: ConfusionMatrixChart },
  'pr-curve': { ...prCurveKind, View: PrCurveChart },
  'model-graph': { ...modelGraphKind, View: ModelGraphChart },
  forest: { ...forestKind, View: ForestChart },
  interaction: { ...interactionKind, View: InteractionChart },
  'seed-bands': { ...seedBandsKind, View: SeedBandsChart },
  sparkline: { ...sparklineKind, View: SparklineChart },
  // biome-ignore lint/suspicious/noExplicitAny: each kind has data of its own, paired with its own fixtures
} as const satisfies Record<string, ChartEntry<any>>
