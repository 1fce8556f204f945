import { formatCount, formatFigure } from '../../../core/format-number.ts'
import { fromStoredNumber } from '../../../core/stored-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { shapesToSvg } from '../shapes/shape.ts'
import { prCurveFixtures } from './fixtures.ts'
import { meanAveragePrecision, type PrCurveData, rankedCurves } from './pr-data.ts'
import { lowestPrecision, prScene, prShapes } from './pr-scene.ts'

function meanText({ value }: PrCurveData): string {
  const found = meanAveragePrecision(value)
  if (!found) return 'No class has positive examples'
  const without = value.curves.length - found.of
  const of = value.curves.length === 1 ? '' : ` over ${formatCount(found.of)} classes${without > 0 ? ` (${without} without positives left out)` : ''}`
  return `${value.curves.length === 1 ? 'Average' : 'Mean average'} precision ${formatFigure(found.mean)}${of}`
}

function summary(data: PrCurveData): string {
  const { curves } = data.value
  const worst = curves.length > 1 ? rankedCurves(curves, 'worst', 1).map((index) => curves[index]!) : []
  const lowest = worst.map((one) => ` Lowest: ${one.class}, ${formatFigure(one.averagePrecision ?? Number.NaN, 3)}.`).join('')
  return `${data.title}: precision against recall of ${data.shown.length} of ${curves.length} classes. ${meanText(data)}.${lowest}`
}

function notes(data: PrCurveData): string[] {
  const { value, shown } = data
  const said = [`${meanText(data)}, ${formatCount(value.examples)} examples.`]
  if (shown.length < value.curves.length) said.push(`${shown.length} of ${value.curves.length} classes are drawn.`)
  const low = lowestPrecision(data)
  if (low > 0) said.push(`The precision axis begins at ${low}; what is lower is drawn at its edge.`)
  const thinned = shown.map((index) => value.curves[index]!).filter((curve) => curve.points > curve.precision.length)
  if (thinned.length > 0) {
    const [drawn, all] = [thinned.reduce((sum, one) => sum + one.precision.length, 0), thinned.reduce((sum, one) => sum + one.points, 0)]
    said.push(`Thinned when logged: ${formatCount(drawn)} of ${formatCount(all)} points; average precision is over all of them.`)
  }
  if (value.nanScores > 0) said.push(`${formatCount(value.nanScores)} examples with NaN scores are left out.`)
  return said
}

function table({ title, value, shown }: PrCurveData): ChartTable {
  return {
    comments: [
      `${title}: one point per threshold, highest first; a class is predicted where its score reaches the threshold`,
      ...(value.thinned ? ['THINNED when logged: `points` is how many there were; average precision is over all of them'] : []),
    ],
    header: ['class', 'average_precision', 'positives', 'points', 'threshold', 'recall', 'precision'],
    rows: shown.flatMap((index) => {
      const { class: name, averagePrecision, positives, points, threshold, recall, precision } = value.curves[index]!
      return recall.map((one, i) => [name, averagePrecision ?? '', positives, points, fromStoredNumber(threshold[i]!), one, precision[i]!])
    }),
  }
}

export const prCurveKind = {
  id: 'pr-curve',
  title: 'Precision-recall curve',
  renderer: 'svg',
  aspect: 0.66,
  svg: (data, look, size) => shapesToSvg(prShapes(prScene(data, look, size), look), look, size),
  summary,
  notes,
  table,
  fixtures: prCurveFixtures,
} satisfies ChartKind<PrCurveData>
