import type { ChartColumns } from '../../../core/chart.ts'
import { type QuantityId, quantityOf } from './quantities.ts'
import type { RowMark } from './row-mark.ts'
import { placeOf, type Scale, valueAt } from './scale.ts'

export interface HeatmapData {
  title: string
  quantity: QuantityId
  /** From input to output: drawn from top to bottom. */
  layers: { layer: string; columns: ChartColumns; mark?: RowMark | undefined }[]
  /** Visible steps; null: all. */
  view: [number, number] | null
}

export interface Cell {
  row: number
  column: number
  /** Steps the column covers: first and last measured one. */
  firstStep: number
  lastStep: number
  /** Edges on the step axis. */
  from: number
  to: number
  /** Measurements in the cell. */
  n: number
  /** Values without a place on the scale: 0 or below where it is logarithmic. */
  zeros: number
  nonFinite: number
  /** Median of the places of the values on the scale (log10 of them where it is logarithmic); NaN when there is none. */
  median: number
  /** The value of that median: to the last digit when it is one measurement. */
  value: number
}

/** A place without a measurement where other layers have one. */
export interface Gap {
  row: number
  column: number
  from: number
  to: number
}

export interface CellGrid {
  cells: Cell[]
  gaps: Gap[]
  columns: number
  /** Distinct measured steps in view. */
  steps: number
  range: [number, number]
}

/** Columns of a heat map, however wide it is: picture, notes and export then say the same. */
const COLUMNS = 120
/** Cells of a picture: hundreds of layers get fewer columns, or drawing would take seconds. */
const CELLS_MAX = 18_000

export function columnsOf(data: HeatmapData): number {
  return Math.max(30, Math.min(COLUMNS, Math.floor(CELLS_MAX / Math.max(1, data.layers.length))))
}

/** Sorts measurements into at most `most` columns: one per measured step when they fit, else equal stretches of steps. */
export function cellGrid(data: HeatmapData, most = columnsOf(data)): CellGrid {
  const inView = (x: number) => data.view === null || (x >= data.view[0] && x <= data.view[1])
  const found = new Set<number>()
  for (const { columns } of data.layers) {
    for (const x of columns.x) if (inView(x)) found.add(x)
    for (const x of columns.nonFiniteX) if (inView(x)) found.add(x)
  }
  const steps = Float64Array.from(found).sort()
  if (steps.length === 0) return { cells: [], gaps: [], columns: 0, steps: 0, range: data.view ?? [0, 1] }
  const edges = steps.length <= most ? midpoints(steps) : evenEdges(steps, most)
  const { scale } = quantityOf(data.quantity)
  const cells = data.layers.flatMap(({ columns }, row) => rowCells(columns, row, edges, scale))
  return {
    cells,
    gaps: gapsOf(cells, data.layers.length, edges),
    columns: edges.length - 1,
    steps: steps.length,
    range: [edges[0]!, edges[edges.length - 1]!],
  }
}

/** Borders half-way between neighbours; the outer ones as far out as the inner ones are in. */
function midpoints(steps: Float64Array): Float64Array {
  const last = steps.length - 1
  if (last === 0) return Float64Array.of(steps[0]! - 0.5, steps[0]! + 0.5)
  const edges = new Float64Array(steps.length + 1)
  for (let i = 1; i <= last; i++) edges[i] = (steps[i - 1]! + steps[i]!) / 2
  edges[0] = 2 * steps[0]! - edges[1]!
  edges[last + 1] = 2 * steps[last]! - edges[last]!
  return edges
}

function evenEdges(steps: Float64Array, count: number): Float64Array {
  const low = steps[0]!
  const span = steps[steps.length - 1]! - low
  return Float64Array.from({ length: count + 1 }, (_, i) => low + (span * i) / count)
}

function columnOf(edges: Float64Array, x: number): number {
  let low = 0
  let high = edges.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (edges[middle]! <= x) low = middle
    else high = middle - 1
  }
  return low
}

/** Every column in which some layer was measured and this one was not. */
function gapsOf(cells: Cell[], rows: number, edges: Float64Array): Gap[] {
  const measured = new Set(cells.map((cell) => cell.column))
  if (cells.length === measured.size * rows) return []
  const taken = new Set(cells.map((cell) => cell.row * edges.length + cell.column))
  const gaps: Gap[] = []
  for (let row = 0; row < rows; row++)
    for (const column of measured)
      if (!taken.has(row * edges.length + column)) gaps.push({ row, column, from: edges[column]!, to: edges[column + 1]! })
  return gaps
}

function rowCells({ x, y, nonFiniteX }: ChartColumns, row: number, edges: Float64Array, scale: Scale): Cell[] {
  const cells = new Map<number, Cell & { values: number[] }>()
  const cellAt = (step: number) => {
    const column = columnOf(edges, step)
    const known = cells.get(column)
    if (known) {
      known.firstStep = Math.min(known.firstStep, step)
      known.lastStep = Math.max(known.lastStep, step)
      known.n++
      return known
    }
    const bounds = { from: edges[column]!, to: edges[column + 1]! }
    const made = {
      row,
      column,
      firstStep: step,
      lastStep: step,
      ...bounds,
      n: 1,
      zeros: 0,
      nonFinite: 0,
      median: Number.NaN,
      value: Number.NaN,
      values: [],
    }
    cells.set(column, made)
    return made
  }
  const seen = (step: number) => step >= edges[0]! && step <= edges[edges.length - 1]!
  x.forEach((step, i) => {
    if (!seen(step)) return
    const cell = cellAt(step)
    if (scale.log && !(y[i]! > 0)) cell.zeros++
    else cell.values.push(y[i]!)
  })
  for (const step of nonFiniteX) if (seen(step)) cellAt(step).nonFinite++
  return [...cells.values()].sort((a, b) => a.column - b.column).map(({ values, ...cell }) => ({ ...cell, ...median(values, scale) }))
}

/** Of an even number the mean of the middle two, taken on the scale. */
function median(values: number[], scale: Scale): Pick<Cell, 'median' | 'value'> {
  if (values.length === 0) return { median: Number.NaN, value: Number.NaN }
  const sorted = values.sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]!
  if (sorted.length % 2 === 1) return { median: placeOf(scale, upper), value: upper }
  const place = (placeOf(scale, sorted[middle - 1]!) + placeOf(scale, upper)) / 2
  return { median: place, value: valueAt(scale, place) }
}
