import type { ChartOption } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import { crossedCell, slashedCell } from './crossed-cell.ts'
import type { HeatmapScene } from './layout.ts'
import { quantityOf } from './quantities.ts'
import { cellKind, legendPlaces, placeColour, placeLabel, ZERO_COLOUR } from './scale.ts'

const BAR_HEIGHT = 8
const STEPS = 42
/** Narrower pictures get a shorter bar with fewer labels, so that the swatches fit beside it. */
const NARROW = 420

type Elements = Extract<NonNullable<ChartOption['graphic']>, unknown[]>

/** The colours in the picture: a bar with the guide marked and the usual band bracketed; swatches of cells without a value. */
export function legendElements(scene: HeatmapScene, look: Look): Elements {
  const { plot, legendTop, grid, colours } = scene
  const { scale, low, high } = colours
  const narrow = scene.size.width < NARROW
  const bar = narrow ? 120 : 174
  const left = narrow ? 16 : plot.left
  const text = (words: string, x: number, y: number, align: 'left' | 'center' = 'left', weight = 'normal') => ({
    type: 'text' as const,
    silent: true,
    x,
    y,
    style: { text: words, fill: look.muted, font: `${weight} ${look.fontSize - 1}px ${look.font}`, align, verticalAlign: 'middle' as const },
  })
  const at = (place: number) => left + ((place - low) / (high - low)) * bar
  const top = legendTop + 4
  const words = top + BAR_HEIGHT + look.fontSize * 0.75 + 1
  const segments = Array.from({ length: STEPS }, (_, i) => ({
    type: 'rect' as const,
    silent: true,
    shape: { x: left + (i * bar) / STEPS, y: top, width: bar / STEPS + 0.5, height: BAR_HEIGHT },
    style: { fill: placeColour(colours, low + ((i + 0.5) * (high - low)) / STEPS, look.theme) },
  }))
  const rule = (place: number, from: number, to: number) => ({
    type: 'line' as const,
    silent: true,
    shape: { x1: at(place), y1: from, x2: at(place), y2: to },
    style: { stroke: look.text, lineWidth: 1 },
  })
  const bracket = (band: readonly [number, number]) => ({
    type: 'polyline' as const,
    silent: true,
    shape: {
      points: [
        [at(band[0]), top],
        [at(band[0]), top - 3],
        [at(band[1]), top - 3],
        [at(band[1]), top],
      ],
    },
    style: { stroke: look.text, fill: 'none', lineWidth: 1 },
  })
  const swatches: Elements = []
  let x = left + bar + (narrow ? 10 : 16)
  const swatch = (words: string, shapes: (box: { x: number; y: number; width: number; height: number }) => Elements) => {
    swatches.push(...shapes({ x, y: top - 1, width: 10, height: 10 }), text(words, x + 14, top + 4))
    x += 14 + textWidth(words, look.fontSize - 1) + 10
  }
  if (grid.cells.some((cell) => cellKind(cell) === 'zero'))
    swatch(quantityOf(scene.data.quantity).zero.legend, (shape) => [{ type: 'rect', silent: true, shape, style: { fill: ZERO_COLOUR[look.theme] } }])
  if (grid.cells.some((cell) => cellKind(cell) === 'not finite')) swatch('NaN or Inf', (shape) => crossedCell(shape, look))
  if (grid.gaps.length > 0) swatch('not measured', (shape) => slashedCell(shape, look))
  const title = scene.data.title
  return [
    ...(look.selfContained
      ? [
          {
            ...text(title, 12, 4 + look.fontSize * 0.95),
            style: { ...text(title, 0, 0, 'left', 'bold').style, fill: look.text, font: `bold ${look.fontSize}px ${look.font}` },
          },
        ]
      : []),
    ...segments,
    ...(scale.band ? [bracket(scale.band)] : []),
    ...(scale.guide === null ? [] : [rule(scale.guide, top - 3, top + BAR_HEIGHT + 2)]),
    ...legendPlaces(colours, narrow).map((place) =>
      text(placeLabel(scale, place), at(place), words, 'center', place === scale.guide ? 'bold' : 'normal'),
    ),
    ...swatches,
  ]
}
