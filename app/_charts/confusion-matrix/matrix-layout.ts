import { truncateMiddle } from '../../../core/truncate-middle.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import type { Plot } from '../xy/xy-data.ts'
import type { ClassRange, ConfusionMatrixData } from './matrix-data.ts'
import { type MatrixGrid, matrixGrid } from './matrix-grid.ts'

export interface AxisLabel {
  /** Row or column. */
  index: number
  text: string
}

export interface MatrixScene {
  data: ConfusionMatrixData
  size: Size
  grid: MatrixGrid
  /** The square of cells. */
  plot: Plot
  rowLabels: AxisLabel[]
  columnLabels: AxisLabel[]
  /** Column names stand upright when they are too wide to lie. */
  upright: boolean
  /** Middle of the words under the column names. */
  columnTitleY: number
  /** Middle of the colour bar. */
  legendY: number
  titleY: number | null
}

const EDGE = 6
const LABEL_MAX = 130
/** Upright names take height from the cells. */
const UPRIGHT_MAX = 84

export function matrixScene(data: ConfusionMatrixData, look: Look, size: Size): MatrixScene {
  const grid = matrixGrid(data)
  const { classes } = data.value
  const nameOf = ([from]: ClassRange) => classes[from] ?? ''
  const title = look.selfContained ? Math.ceil(look.fontSize * 1.9) : 0
  const legend = Math.ceil(look.fontSize * 2.8)
  const top = title + legend
  const axisTitle = Math.ceil(look.fontSize * 1.6)
  const room = Math.min(LABEL_MAX, size.width * 0.26)
  const widest = (ranges: ClassRange[], most: number) =>
    Math.min(most, Math.max(10, ...ranges.map((range) => textWidth(cut(nameOf(range), most, look), look.fontSize))))
  const left = EDGE + axisTitle + widest(grid.rows, room) + 6
  const width = size.width - left - EDGE
  const upright = widest(grid.columns, room) > Math.min(width, size.height) / grid.columns.length - 4
  const columnRoom = upright ? Math.min(UPRIGHT_MAX, size.height * 0.22) : room
  const names = widest(grid.columns, columnRoom)
  // Names may turn out wider than estimated.
  const below = upright ? names * 1.12 : look.fontSize
  const height = size.height - top - axisTitle - EDGE - below - 6
  const side = Math.max(20, Math.min(width, height))
  // A zoom may show more rows than columns: cells then are not square, the picture is.
  const plot = { left: Math.round(left + Math.max(0, (width - side) / 2)), top: Math.round(top), width: Math.round(side), height: Math.round(side) }
  const labels = (ranges: ClassRange[], least: number, most: number): AxisLabel[] => {
    const stride = Math.max(1, Math.ceil((least * ranges.length) / side))
    return ranges.flatMap((range, index) => (index % stride === 0 ? [{ index, text: cut(nameOf(range), most, look) }] : []))
  }
  const line = look.fontSize * 1.15
  return {
    data,
    size,
    grid,
    plot,
    rowLabels: labels(grid.rows, line, room),
    columnLabels: labels(grid.columns, upright ? line : names + 8, columnRoom),
    upright,
    columnTitleY: plot.top + plot.height + 6 + below + axisTitle * 0.6,
    legendY: title + look.fontSize * 0.7,
    titleY: look.selfContained ? look.fontSize * 0.95 + 4 : null,
  }
}

/** Shortens a name to about this many pixels. */
function cut(name: string, room: number, look: Look): string {
  const wide = textWidth(name, look.fontSize)
  return wide <= room ? name : truncateMiddle(name, Math.max(4, Math.floor((name.length * room) / wide)))
}
