import { mixColours } from '../../../core/colour.ts'
import { truncateMiddle } from '../../../core/truncate-middle.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import { rect, type SvgShape, tenth, text } from '../shapes/shape.ts'
import { type GraphEdge, type GraphNode, type ModelGraph, type ModelGraphData, modelGraph, NODE_HEIGHT, NODE_WIDTH } from './graph-layout.ts'
import { shapeText, shortCount } from './layer-text.ts'

const PAD = 9
/** Width of a bold letter of a name (px). */
const LETTER = 7.6
const SHAPE_MAX = 17

/** The whole graph in its own pixels. */
export function graphShapes(graph: ModelGraph, look: Look): SvgShape[] {
  return [...graph.edges.map((edge) => edgeShape(edge, graph, look)), ...graph.nodes.map((node) => nodeShape(node, look))]
}

/** The graph made to fit a picture, with its title where the look wants one. */
export function graphPicture({ title, model }: ModelGraphData, look: Look, size: Size): SvgShape[] {
  const graph = modelGraph(model)
  const above = look.selfContained ? Math.ceil(look.fontSize * 1.9) + 4 : 0
  const scale = graph.width === 0 ? 1 : Math.min(1.2, size.width / graph.width, Math.max(1, size.height - above) / graph.height)
  const left = (size.width - graph.width * scale) / 2
  return [
    ...(above > 0 ? [text(title, 12, look.fontSize * 0.95 + 4, look, { fill: look.text, bold: true })] : []),
    {
      tag: 'g',
      attributes: { transform: `translate(${tenth(left)} ${above}) scale(${Number(scale.toFixed(4))})` },
      children: graphShapes(graph, { ...look, fontSize: 11 }),
    },
  ]
}

function nodeShape({ layer, x, y }: GraphNode, look: Look): SvgShape {
  const own = layer.parameters > 0
  const trained = own && layer.trainable
  const box = rect(x, y, NODE_WIDTH, NODE_HEIGHT, {
    rx: 4,
    fill: trained ? mixColours(look.accent, look.background, 0.9) : look.background,
    stroke: trained ? mixColours(look.accent, look.background, 0.35) : look.axis,
    ...(own && !layer.trainable && { 'stroke-dasharray': '4 3' }),
  })
  const right = x + NODE_WIDTH - PAD
  const shape = truncateMiddle(shapeText(layer.outputShape), SHAPE_MAX)
  const names = Math.max(8, Math.floor((NODE_WIDTH - 2 * PAD - 8 - textWidth(shape, 10)) / LETTER))
  const parameters = own ? `${shortCount(layer.parameters)} param.${layer.trainable ? '' : ', frozen'}` : ''
  return {
    tag: 'g',
    attributes: {},
    children: [
      box,
      text(truncateMiddle(layer.name, names), x + PAD, y + 11.5, look, { fill: look.text, bold: true }),
      text(shape, right, y + 11.5, look, { fill: look.text, anchor: 'end', size: 10 }),
      text(truncateMiddle(layer.type, 22), x + PAD, y + 26, look, { fill: look.muted, size: 10 }),
      ...(parameters === '' ? [] : [text(parameters, right, y + 26, look, { fill: look.muted, anchor: 'end', size: 10 })]),
    ],
  }
}

/** Straight beside nodes, bent between layers; an arrow head at the end. A connection that skips layers is stronger. */
function edgeShape({ points }: GraphEdge, { connected }: ModelGraph, look: Look): SvgShape {
  let d = ''
  points.forEach(({ x, y }, i) => {
    const before = points[i - 1]
    if (!before) d = `M${tenth(x)} ${tenth(y)}`
    else if (Math.abs(before.x - x) < 0.05) d += `V${tenth(y)}`
    else {
      const middle = tenth((before.y + y) / 2)
      d += `C${tenth(before.x)} ${middle} ${tenth(x)} ${middle} ${tenth(x)} ${tenth(y)}`
    }
  })
  const end = points[points.length - 1]!
  const shortcut = points.length > 2
  const colour = shortcut ? look.accent : look.muted
  return {
    tag: 'g',
    attributes: {},
    children: [
      {
        tag: 'path',
        attributes: { d, fill: 'none', stroke: colour, 'stroke-width': shortcut ? 1.5 : 1, ...(!connected && { 'stroke-dasharray': '2 3' }) },
      },
      ...(connected ? [{ tag: 'path' as const, attributes: { d: `M${tenth(end.x - 3)} ${tenth(end.y - 5)}l3 5l3 -5z`, fill: colour } }] : []),
    ],
  }
}
