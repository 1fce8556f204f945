import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { shapesToSvg } from '../shapes/shape.ts'
import { confusionMatrixFixtures } from './fixtures.ts'
import { type ConfusionMatrixData, totalsOf } from './matrix-data.ts'
import { matrixGrid } from './matrix-grid.ts'
import { matrixScene } from './matrix-layout.ts'
import { matrixShapes } from './matrix-shapes.ts'
import { worstConfusions } from './worst-confusions.ts'

/** Confusions that the sentence for screen readers names. */
const SAID = 3

const percent = (share: number) => `${formatNumber(100 * share, 3)} %`

function summary({ title, value }: ConfusionMatrixData): string {
  const { right, examples } = totalsOf(value)
  if (examples === 0) return `${title}: no examples.`
  const worst = worstConfusions(value, SAID).map(
    ({ truth, predicted, count }) => `${value.classes[truth]} taken for ${value.classes[predicted]}, ${formatCount(count)} times`,
  )
  const most = worst.length === 0 ? 'No confusions' : `Most frequent confusions: ${worst.join('; ')}`
  return `${title}: ${formatCount(right)} of ${formatCount(examples)} right (${percent(right / examples)}), ${value.classes.length} classes. ${most}.`
}

const NORMALISED = {
  counts: 'Numbers are examples.',
  rows: 'Numbers are percent of the true class: rows add up to 100, the diagonal is recall.',
  columns: 'Numbers are percent of the predicted class: columns add up to 100, the diagonal is precision.',
} as const

function notes(data: ConfusionMatrixData): string[] {
  const { value, normalise, view } = data
  const { right, examples, unplaced, truth, predicted } = totalsOf(value)
  const { rowBlock, columnBlock } = matrixGrid(data)
  const said = [
    `${formatCount(right)} of ${formatCount(examples)} right${examples > 0 ? ` (${percent(right / examples)})` : ''}.`,
    NORMALISED[normalise],
    'The colour grows with the square root.',
  ]
  if (rowBlock > 1 || columnBlock > 1)
    said.push(
      `Up to ${rowBlock} × ${columnBlock} neighbouring classes are added in a cell, so the diagonal also holds confusions among neighbours: zoom in to take them apart.`,
    )
  if (view)
    said.push(`In view: ${rangeText(value.classes, view.rows)} by ${rangeText(value.classes, view.columns)} of ${value.classes.length} classes.`)
  if (unplaced > 0) said.push(`${formatCount(unplaced)} examples without a prediction (NaN scores) are in no cell; they count as wrong.`)
  const absent = truth.filter((count) => count === 0).length
  if (absent > 0) said.push(`${formatCount(absent)} ${absent === 1 ? 'class has' : 'classes have'} no examples here.`)
  const never = predicted.filter((count) => count === 0).length
  if (never > 0) said.push(`${formatCount(never)} ${never === 1 ? 'class was' : 'classes were'} never predicted.`)
  return said
}

function rangeText(classes: readonly string[], [from, to]: readonly [number, number]): string {
  return to - from === 1 ? `${classes[from]}` : `${classes[from]} … ${classes[to - 1]}`
}

function table({ title, value, view }: ConfusionMatrixData): ChartTable {
  const [rows, columns] = [view?.rows ?? [0, value.classes.length], view?.columns ?? [0, value.classes.length]]
  return {
    comments: [
      `${title}: examples; a row per true class, a column per predicted one`,
      ...(view ? [`the part in view, of ${value.classes.length} classes`] : []),
      'no_prediction: examples whose scores were NaN',
    ],
    header: ['true class', ...value.classes.slice(...columns), 'no_prediction'],
    rows: value.classes.slice(...rows).map((name, i) => {
      const truth = rows[0] + i
      return [name, ...(value.counts[truth]?.slice(...columns) ?? []), value.unplaced[truth] ?? 0]
    }),
  }
}

export const confusionMatrixKind = {
  id: 'confusion-matrix',
  title: 'Confusion matrix',
  renderer: 'svg',
  size: { width: 480, height: 420 },
  aspect: 0.92,
  svg: (data, look, size) => shapesToSvg(matrixShapes(matrixScene(data, look, size), look), look, size),
  summary,
  notes,
  table,
  fixtures: confusionMatrixFixtures,
} satisfies ChartKind<ConfusionMatrixData>
