import type { ChartColumns } from '../../../core/chart.ts'

export interface HeatmapData {
  title: string
  /** From input to output: drawn from top to bottom. */
  layers: { layer: string; columns: ChartColumns }[]
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
  zeros: number
  nonFinite: number
  /** Median of log10 of the positive ratios; NaN when there is none. */
  median: number
}

export interface CellGrid {
  cells: Cell[]
  columns: number
  /** Distinct measured steps in view. */
  steps: number
  range: [number, number]
}

/** Columns of a heat map, however wide it is: picture, notes and export then say the same. */
export const COLUMNS = 120

/** Sorts measurements into at most `most` columns: one per measured step when they fit, else equal stretches of steps. */
export function cellGrid(data: HeatmapData, most = COLUMNS): CellGrid {
  const inView = (x: number) => data.view === null || (x >= data.view[0] && x <= data.view[1])
  const found = new Set<number>()
  for (const { columns } of data.layers) {
    for (const x of columns.x) if (inView(x)) found.add(x)
    for (const x of columns.nonFiniteX) if (inView(x)) found.add(x)
  }
  const steps = Float64Array.from(found).sort()
  if (steps.length === 0) return { cells: [], columns: 0, steps: 0, range: data.view ?? [0, 1] }
  const edges = steps.length <= most ? midpoints(steps) : evenEdges(steps, most)
  const cells = data.layers.flatMap(({ columns }, row) => rowCells(columns, row, edges))
  return { cells, columns: edges.length - 1, steps: steps.length, range: [edges[0]!, edges[edges.length - 1]!] }
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

function rowCells({ x, y, nonFiniteX }: ChartColumns, row: number, edges: Float64Array): Cell[] {
  const cells = new Map<number, Cell & { logs: number[] }>()
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
    const made = { row, column, firstStep: step, lastStep: step, ...bounds, n: 1, zeros: 0, nonFinite: 0, median: Number.NaN, logs: [] }
    cells.set(column, made)
    return made
  }
  const seen = (step: number) => step >= edges[0]! && step <= edges[edges.length - 1]!
  x.forEach((step, i) => {
    if (!seen(step)) return
    const cell = cellAt(step)
    if (y[i]! > 0) cell.logs.push(Math.log10(y[i]!))
    else cell.zeros++
  })
  for (const step of nonFiniteX) if (seen(step)) cellAt(step).nonFinite++
  return [...cells.values()].sort((a, b) => a.column - b.column).map(({ logs, ...cell }) => ({ ...cell, median: median(logs) }))
}

function median(values: number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
