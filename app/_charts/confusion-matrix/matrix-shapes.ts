import { divergingColour } from '../../../core/colour.ts'
import { type Look, textWidth } from '../look.ts'
import { line, rect, type SvgShape, tenth, text } from '../shapes/shape.ts'
import { amountOf, amountText, cellColour, colourTicks, fullAmount, strength, textOn } from './matrix-colour.ts'
import { cellAt } from './matrix-grid.ts'
import type { MatrixScene } from './matrix-layout.ts'

const BAR = 120

/** Legend, axes and cells. Cells of one colour are one path: a hundred by a hundred of them make a few dozen elements. */
export function matrixShapes(scene: MatrixScene, look: Look): SvgShape[] {
  const { plot, titleY, data } = scene
  const ground = rect(plot.left, plot.top, plot.width, plot.height, { fill: divergingColour(0, look.theme) })
  const frame = rect(plot.left - 0.5, plot.top - 0.5, plot.width + 1, plot.height + 1, { fill: 'none', stroke: look.axis })
  return [
    ...(titleY === null ? [] : [text(data.title, 12, titleY, look, { fill: look.text, bold: true })]),
    ...legend(scene, look),
    ...axes(scene, look),
    ground,
    ...cells(scene, look),
    frame,
  ]
}

function legend({ data, grid, plot, legendY, size }: MatrixScene, look: Look): SvgShape[] {
  const full = fullAmount(grid, data.normalise)
  const ticks = colourTicks(full, data.normalise)
  const small = look.fontSize - 1
  const words = ['right', 'wrong']
  const left = Math.max(12, Math.min(plot.left, size.width - BAR - 8 - 1.1 * textWidth('right / wrong', look.fontSize)))
  const bar = (right: boolean, y: number) =>
    Array.from({ length: 20 }, (_, i) => rect(left + (i * BAR) / 20, y, BAR / 20 + 0.3, 5, { fill: cellColour((i + 1) / 20, right, look.theme) }))
  const labelY = legendY + look.fontSize * 1.05
  return [
    ...bar(true, legendY - 6),
    ...bar(false, legendY),
    text(`${words[0]} / ${words[1]}`, left + BAR + 8, legendY - 0.5, look, { fill: look.muted, size: small }),
    ...ticks
      .filter(({ at }, i) => i === 0 || at * BAR > textWidth('0 %', small))
      .map(({ at, label }) => text(label, left + at * BAR, labelY, look, { fill: look.muted, size: small, anchor: 'middle' })),
  ]
}

function axes({ plot, rowLabels, columnLabels, columnTitleY, grid, upright }: MatrixScene, look: Look): SvgShape[] {
  const cell = { width: plot.width / grid.columns.length, height: plot.height / grid.rows.length }
  const bottom = plot.top + plot.height
  const style = { fill: look.muted }
  const widest = Math.max(...rowLabels.map((label) => textWidth(label.text, look.fontSize)))
  const titleX = Math.max(look.fontSize * 0.7, plot.left - widest - 6 - look.fontSize)
  return [
    text('true class', titleX, plot.top + plot.height / 2, look, { fill: look.muted, anchor: 'middle', turned: -90 }),
    text('predicted class', plot.left + plot.width / 2, columnTitleY, look, { fill: look.muted, anchor: 'middle' }),
    ...rowLabels.map(({ index, text: words }) =>
      text(words, plot.left - 6, plot.top + (index + 0.5) * cell.height, look, { ...style, anchor: 'end' }),
    ),
    ...columnLabels.map(({ index, text: words }) => {
      const x = plot.left + (index + 0.5) * cell.width
      return upright
        ? text(words, x, bottom + 6, look, { ...style, anchor: 'end', turned: -90 })
        : text(words, x, bottom + 6 + look.fontSize * 0.4, look, { ...style, anchor: 'middle' })
    }),
  ]
}

function cells({ data, grid, plot }: MatrixScene, look: Look): SvgShape[] {
  const paths = new Map<string, string[]>()
  const texts: SvgShape[] = []
  const undefinedRuns: SvgShape[] = []
  const full = fullAmount(grid, data.normalise)
  const width = plot.width / grid.columns.length
  const height = plot.height / grid.rows.length
  const gap = Math.min(width, height) >= 8 ? 1 : 0
  const size = Math.min(look.fontSize, height * 0.6)
  for (let row = 0; row < grid.rows.length; row++) {
    const [top, bottom] = [Math.round(row * height), Math.round((row + 1) * height)]
    for (let column = 0; column < grid.columns.length; column++) {
      const cell = cellAt(grid, row, column)!
      const amount = amountOf(cell, data.normalise)
      const [left, right] = [Math.round(column * width), Math.round((column + 1) * width)]
      const x = plot.left + left
      const y = plot.top + top
      if (amount === null) undefinedRuns.push(slash(x, y, right - left, bottom - top, look))
      const colour = cellColour(strength(amount ?? 0, full), cell.right, look.theme)
      if (cell.count > 0 && amount !== null) {
        const d = `M${x} ${y}h${right - left - gap}v${bottom - top - gap}h${gap - right + left}z`
        const known = paths.get(colour)
        if (known) known.push(d)
        else paths.set(colour, [d])
      }
      const words = amount === null || (cell.count === 0 && !cell.right) ? [] : ([1, 0] as const).map((d) => amountText(amount, data.normalise, d))
      const fitting = words.find((one) => textWidth(one, size) + 3 <= width)
      if (fitting !== undefined && size >= 7)
        texts.push(text(fitting, x + width / 2, y + height / 2, look, { fill: textOn(colour), anchor: 'middle', size }))
    }
  }
  const filled = [...paths].map(([fill, parts]): SvgShape => ({ tag: 'path', attributes: { d: parts.join(''), fill } }))
  return [...filled, ...undefinedRuns, ...texts]
}

/** No share can be given: nothing to divide by. */
function slash(x: number, y: number, width: number, height: number, look: Look): SvgShape {
  const arm = Math.max(1, Math.min(4, width / 2 - 1, height / 2 - 1))
  const [cx, cy] = [x + width / 2, y + height / 2]
  return line(tenth(cx - arm), tenth(cy + arm), tenth(cx + arm), tenth(cy - arm), look.muted)
}
