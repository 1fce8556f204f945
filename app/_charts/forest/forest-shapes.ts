import { type Look, textWidth } from '../look.ts'
import { line, rect, type SvgShape, tenth, text } from '../shapes/shape.ts'
import type { ForestRow } from './forest-data.ts'
import { type ForestScene, forestX, forestY } from './forest-scene.ts'

/** Colours that stay apart for colour-blind eyes; the mark beside the figures says the same without colour. */
const BETTER = '#2f7fc1'
const WORSE = '#c9660f'

/** `selected`: index of the row under pointer or keyboard. */
export function forestShapes(scene: ForestScene, look: Look, selected: number | null = null): SvgShape[] {
  const { data, plot, size } = scene
  const bottom = plot.top + plot.height
  const unit = data.unit === '%' ? 'percentage points' : (data.unit ?? '')
  return [
    ...(look.selfContained ? [text(data.title, 12, look.fontSize * 0.95 + 4, look, { fill: look.text, bold: true })] : []),
    ...(selected === null ? [] : [rect(4, forestY(scene, selected) - scene.row / 2, size.width - 8, scene.row, { fill: look.grid, opacity: 0.7 })]),
    ...band(scene, look),
    ...scene.ticks.flatMap(({ value, label }) => {
      const x = Math.round(forestX(scene, value)) + 0.5
      return [line(x, plot.top, x, bottom, look.grid), text(label, x, bottom + 6 + look.fontSize * 0.5, look, { fill: look.muted, anchor: 'middle' })]
    }),
    line(forestX(scene, 0), plot.top - 4, forestX(scene, 0), bottom, look.text),
    ...direction(scene, look),
    axisName(scene, `Δ ${data.metric}${unit ? `, ${unit}` : ''}`, look),
    ...data.rows.flatMap((row, index) => rowShapes(scene, row, index, look)),
  ]
}

/** Under the middle of the axis, but inside the picture. */
function axisName({ plot, size }: ForestScene, name: string, look: Look): SvgShape {
  const half = textWidth(name, look.fontSize) / 2
  const middle = Math.max(half + 4, Math.min(size.width - half - 4, plot.left + plot.width / 2))
  return text(name, middle, plot.top + plot.height + look.fontSize * 2.4 + 4, look, { fill: look.muted, anchor: 'middle' })
}

function band(scene: ForestScene, look: Look): SvgShape[] {
  const { data, plot } = scene
  if (data.margin === null) return []
  const [from, to] = [forestX(scene, -data.margin), forestX(scene, data.margin)]
  return [
    rect(from, plot.top, to - from, plot.height, { fill: look.band }),
    ...[from, to].map((x) => dashed(line(x, plot.top, x, plot.top + plot.height, look.muted), '2 3')),
  ]
}

const dashed = (shape: SvgShape, dash: string): SvgShape => ({ ...shape, attributes: { ...shape.attributes, 'stroke-dasharray': dash } })

/** Which side is the good one. */
function direction(scene: ForestScene, look: Look): SvgShape[] {
  const { data, plot } = scene
  const y = plot.top - 4 - look.fontSize * 0.6
  const zero = forestX(scene, 0)
  const [left, right] = data.goal === 'max' ? ['← worse', 'better →'] : ['← better', 'worse →']
  const small = look.fontSize * 0.92
  const gap = 8
  return [
    ...(zero - plot.left > 56 ? [text(left, zero - gap, y, look, { fill: look.muted, anchor: 'end', size: small })] : []),
    ...(plot.left + plot.width - zero > 56 ? [text(right, zero + gap, y, look, { fill: look.muted, size: small })] : []),
  ]
}

function rowShapes(scene: ForestScene, row: ForestRow, index: number, look: Look): SvgShape[] {
  const y = forestY(scene, index)
  const label = text(scene.labels[index]!, scene.plot.left - 10, y, look, { fill: look.text, anchor: 'end' })
  const figure =
    scene.figuresLeft === null
      ? []
      : [text(scene.figures[index]!, scene.figuresLeft, y, look, { fill: row.difference === null ? look.muted : look.text })]
  if (row.difference === null) return [label, ...figure, text('–', forestX(scene, 0) + 8, y, look, { fill: look.muted })]
  const strong = row.verdict === 'significant'
  const colour = row.better === 'better' ? BETTER : row.better === 'worse' ? WORSE : look.muted
  const shade = strong ? colour : look.muted
  const dots = row.dots.map(({ value }): SvgShape => {
    return {
      tag: 'circle',
      attributes: { cx: tenth(forestX(scene, value)), cy: tenth(y + 6), r: 2, fill: look.background, stroke: look.muted, 'stroke-width': 0.9 },
    }
  })
  const x = forestX(scene, row.difference)
  const interval =
    row.low === null || row.high === null
      ? []
      : [
          line(forestX(scene, row.low), y - 2, forestX(scene, row.high), y - 2, shade, strong ? 2 : 1.4),
          ...[row.low, row.high].map((edge) => line(forestX(scene, edge), y - 5, forestX(scene, edge), y + 1, shade, strong ? 2 : 1.4)),
        ]
  const size = 7
  const mean = rect(
    x - size / 2,
    y - 2 - size / 2,
    size,
    size,
    strong ? { fill: shade } : { fill: look.background, stroke: shade, 'stroke-width': 1.4 },
  )
  return [label, ...figure, ...dots, ...interval, mean]
}
