import { PixelPath } from './pixel-path.ts'
import type { Dash, SceneLine, XyScene } from './xy-data.ts'
import { BAND, BAND_FADED, dotOpacity, dotSize, FADED, GHOST } from './xy-option.ts'

const DASHES: Record<Dash, number[]> = { solid: [], dashed: [6, 4], dotted: [1.5, 3] }

/** Pixels. Software rasterisers have a fast path up to 1: a hundred lines take 11 ms instead of 490 at 1.5. The line pointed at may be wider. */
const WIDTH = 1
const WIDTH_EMPHASISED = 2

/** Draws the lines of a scene on a canvas (CSS pixels), within the plot area: many times faster than ECharts above ten lines. */
export function drawLines(context: CanvasRenderingContext2D, scene: XyScene): void {
  const { plot } = scene
  context.save()
  context.beginPath()
  context.rect(plot.left - 1, plot.top - 1, plot.width + 2, plot.height + 2)
  context.clip()
  context.lineJoin = 'round'
  // The one that stands out is drawn last, over the others.
  const ordered = [...scene.lines].sort((a, b) => Number(b.faded) - Number(a.faded))
  for (const item of ordered) drawLine(context, scene, item, scene.data.emphasised?.has(item.line.key) ? WIDTH_EMPHASISED : WIDTH)
  context.restore()
}

function drawLine(context: CanvasRenderingContext2D, scene: XyScene, item: SceneLine, lineWidth: number): void {
  const { line, raw, smooth, dots, lone, abandoned } = item
  const shade = item.faded ? FADED : 1
  context.strokeStyle = line.colour
  context.fillStyle = line.colour
  const stroke = (pairs: Float64Array, opacity: number, width: number, dash: number[]) => {
    context.globalAlpha = opacity * shade
    context.lineWidth = width
    context.setLineDash(dash)
    tracePairs(context, scene, pairs)
    context.stroke()
  }
  for (const outline of item.bands) {
    context.globalAlpha = item.faded ? BAND_FADED : BAND
    fillOutline(context, scene, outline)
  }
  if (abandoned) stroke(abandoned, 0.7, WIDTH, [2, 3])
  if (dots) squares(context, scene, dots, dotSize(dots), dotOpacity(dots, scene.theme) * shade)
  if (raw.length > 0) stroke(raw, smooth ? GHOST : 1, smooth ? WIDTH : lineWidth, DASHES[line.dash])
  context.strokeStyle = item.smoothColour
  // Over dots a thin line is lost.
  if (smooth) stroke(smooth, 1, dots ? WIDTH_EMPHASISED : lineWidth, DASHES[line.dash])
  if (lone.length > 0) squares(context, scene, lone, 4, shade)
}

/** First pair at or after `x`, minus one, so that the line enters the view. */
function firstPair(pairs: Float64Array, x: number): number {
  let low = 0
  let high = pairs.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (pairs[middle * 2]! < x) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

function tracePairs(context: CanvasRenderingContext2D, scene: XyScene, pairs: Float64Array): void {
  const { plot, x, y } = scene
  const scaleX = plot.width / (x.max - x.min)
  const scaleY = plot.height / (y.max - y.min)
  const bottom = plot.top + plot.height
  const path = new PixelPath((px, py, afterGap) => (afterGap ? context.moveTo(px, py) : context.lineTo(px, py)))
  context.beginPath()
  for (let i = firstPair(pairs, x.min) * 2; i < pairs.length; i += 2) {
    const value = pairs[i + 1]!
    if (Number.isNaN(value)) path.gap()
    else path.add(plot.left + (pairs[i]! - x.min) * scaleX, bottom - (value - y.min) * scaleY)
    if (pairs[i]! > x.max) break
  }
  path.end()
}

function fillOutline(context: CanvasRenderingContext2D, { plot, x, y }: XyScene, outline: Float64Array): void {
  context.beginPath()
  for (let i = 0; i < outline.length; i += 2)
    context.lineTo(
      plot.left + ((outline[i]! - x.min) / (x.max - x.min)) * plot.width,
      plot.top + (1 - (outline[i + 1]! - y.min) / (y.max - y.min)) * plot.height,
    )
  context.fill()
}

function squares(context: CanvasRenderingContext2D, scene: XyScene, pairs: Float64Array, size: number, opacity: number): void {
  const { plot, x, y } = scene
  const half = size / 2
  context.globalAlpha = opacity
  for (let i = 0; i < pairs.length; i += 2) {
    const px = plot.left + ((pairs[i]! - x.min) / (x.max - x.min)) * plot.width
    const py = plot.top + (1 - (pairs[i + 1]! - y.min) / (y.max - y.min)) * plot.height
    context.fillRect(px - half, py - half, size, size)
  }
}
