import type { LayerVerdict } from '../../core/findings/diagnosis-report.ts'
import { layerOf } from '../../core/run-charts.ts'
import type { RowMark } from '../_charts/heatmap/row-mark.ts'

/** Verdicts as marks of a heat map's rows, by the name the layer has there; a layer that is not judged has none. */
export function layerMarks(verdicts: readonly Pick<LayerVerdict, 'series' | 'verdict' | 'says' | 'factor'>[]): Map<string, RowMark> {
  return new Map(
    verdicts.flatMap(({ series, verdict, says, factor }) => (verdict === null ? [] : [[layerOf(series), { level: verdict, says, factor }]])),
  )
}
