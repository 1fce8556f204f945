import { formatCount } from '../../../core/format-number.ts'
import type { CustomShape, SeriesOption } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { textWidth } from '../look.ts'
import { plotX, type SceneSpan, type XyData, type XyLine, type XyScene, type XySpan } from './xy-data.ts'

/** Opacity of the shade of a stretch, and of the one that is pointed out. */
const SHADE = { light: 0.09, dark: 0.14 }
const STRONG = { light: 0.2, dark: 0.28 }

/** Where the stretches lie on the x axis at hand. One outside of what is seen is left out. */
export function placeSpans(data: XyData, [low, high]: readonly [number, number]): SceneSpan[] {
  return (data.spans ?? []).flatMap((span) => {
    const from = xAtStep(data, span.fromStep)
    const to = xAtStep(data, span.toStep)
    if (from === null || to === null || to < low || from > high) return []
    return [{ span, from: Math.max(low, Math.min(from, to)), to: Math.min(high, Math.max(from, to)) }]
  })
}

/** x of the drawn point nearest to a step; null when the lines have no point. */
function xAtStep({ x, lines }: XyData, step: number): number | null {
  if (x.kind === 'step') return step
  let best: { gap: number; x: number } | null = null
  for (const { columns } of lines) {
    const at = nearest(columns, step)
    if (at === null) continue
    const gap = Math.abs(columns.step[at]! - step)
    if (best === null || gap < best.gap) best = { gap, x: columns.x[at]! }
  }
  return best?.x ?? null
}

/** Another metric on the x axis may put steps in any order, so all are looked at. */
function nearest({ step }: XyLine['columns'], wanted: number): number | null {
  let at: number | null = null
  for (let i = 0; i < step.length; i++) if (at === null || Math.abs(step[i]! - wanted) < Math.abs(step[at]! - wanted)) at = i
  return at
}

/** Shade and name of each stretch, under the lines. Names that would overlap go below one another. */
export function spanSeries(scene: XyScene, look: Look): SeriesOption[] {
  if (scene.spans.length === 0) return []
  const rows = nameRows(scene, look)
  return [
    {
      type: 'custom',
      silent: true,
      animation: false,
      clip: false,
      z: 0,
      data: scene.spans.map((_, i) => [i]),
      // Its one number is the place in the list: it must not be taken for an x.
      encode: { x: -1, y: -1 },
      renderItem: (params) => {
        const placed = scene.spans[params.dataIndex]
        return placed ? spanShape(scene, look, placed, rows[params.dataIndex] ?? 0) : null
      },
    },
  ]
}

function spanShape(scene: XyScene, look: Look, { span, from, to }: SceneSpan, row: number): CustomShape {
  const { top, height } = scene.plot
  const left = plotX(scene, from)
  // A single step is a stretch too.
  const width = Math.max(2, plotX(scene, to) - left)
  const colour = spanColour(span, look)
  // Marks of what is not finite stand along the top.
  const below = scene.markers.length > 0 ? 1 : 0
  const opacity = (span.strong ? STRONG : SHADE)[look.theme]
  const { text, x } = nameOf(scene, look, { span, from, to })
  return {
    type: 'group',
    silent: true,
    children: [
      { type: 'rect', silent: true, shape: { x: left, y: top, width, height }, style: { fill: colour, opacity } },
      { type: 'rect', silent: true, shape: { x: left, y: top, width, height: 2 }, style: { fill: colour, opacity: span.strong ? 1 : 0.7 } },
      {
        type: 'text',
        silent: true,
        x,
        y: top + 5 + (row + below) * look.fontSize * 1.35,
        style: { text, fill: colour, font: `600 ${look.fontSize}px ${look.font}`, stroke: look.background, lineWidth: 3 },
      },
    ],
  }
}

function spanColour({ tone }: XySpan, look: Look): string {
  return { critical: look.danger, warning: look.warning, info: look.info, shape: look.muted }[tone]
}

/** The name begins where the stretch does, and moves left where it would leave the plot. */
function nameOf(scene: XyScene, look: Look, { span, from }: SceneSpan): { text: string; x: number; width: number } {
  const width = textWidth(span.label, look.fontSize)
  const right = scene.plot.left + scene.plot.width
  return { text: span.label, width, x: Math.max(scene.plot.left + 3, Math.min(plotX(scene, from) + 3, right - width - 3)) }
}

function nameRows(scene: XyScene, look: Look): number[] {
  const ends: number[] = []
  return scene.spans.map((placed) => {
    const { x, width } = nameOf(scene, look, placed)
    const free = ends.findIndex((end) => end + 6 <= x)
    const row = free < 0 ? ends.length : free
    ends[row] = x + width
    return row
  })
}

/** Said below the chart, where colour and place do not reach. */
export function spanNotes({ spans = [] }: Pick<XyData, 'spans'>): string[] {
  if (spans.length === 0) return []
  const text = ({ label, fromStep, toStep }: XySpan) =>
    `${label} (${fromStep === toStep ? `step ${formatCount(fromStep)}` : `steps ${formatCount(fromStep)}–${formatCount(toStep)}`})`
  return [`Shaded: ${spans.map(text).join(', ')}.`]
}
