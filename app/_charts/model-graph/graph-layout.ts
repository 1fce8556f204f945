import type { ModelLayer, ModelValue } from '../../../core/kinds/values.ts'
import { type Edge, layeredGraph } from './layered-graph.ts'
import { orderLayers } from './order-layers.ts'
import { placeItems } from './place-items.ts'

export interface ModelGraphData {
  title: string
  model: ModelValue
}

export interface GraphNode {
  layer: ModelLayer
  /** Left upper corner. */
  x: number
  y: number
}

export interface GraphEdge {
  from: number
  to: number
  /** Points it passes, from the bottom of one node to the top of the other. */
  points: { x: number; y: number }[]
}

export interface ModelGraph {
  width: number
  height: number
  nodes: GraphNode[]
  edges: GraphEdge[]
  /** False when the record does not tell what is connected: layers are then drawn one below the other as listed. */
  connected: boolean
  /** Names of inputs that are no layer of the model. */
  unknown: string[]
}

export const NODE_WIDTH = 236
export const NODE_HEIGHT = 36
const LAYER_GAP = 22
const SIDE_GAP = 18
const BEND_WIDTH = 10
const EDGE_ROOM = 8

const known = new WeakMap<ModelValue, ModelGraph>()

/** Where everything of a model goes, input at the top. Worked out once per model. */
export function modelGraph(model: ModelValue): ModelGraph {
  const found = known.get(model)
  if (found) return found
  const graph = layOut(model)
  known.set(model, graph)
  return graph
}

function layOut({ layers }: ModelValue): ModelGraph {
  const connected = layers.some((layer) => layer.inputs !== undefined)
  const place = new Map(layers.map((layer, index) => [layer.name, index]))
  const unknown = new Set<string>()
  const edges = connected
    ? layers.flatMap((layer, to) =>
        (layer.inputs ?? []).flatMap((name): Edge[] => {
          const from = place.get(name)
          if (from === undefined) unknown.add(name)
          return from === undefined ? [] : [[from, to]]
        }),
      )
    : layers.slice(1).map((_, index): Edge => [index, index + 1])
  const graph = layeredGraph(layers.length, edges)
  orderLayers(graph)
  const x = placeItems(graph, (item) => (item.node === null ? BEND_WIDTH : NODE_WIDTH), SIDE_GAP)
  const half = (index: number) => (graph.items[index]!.node === null ? BEND_WIDTH : NODE_WIDTH) / 2
  const left = x.reduce((least, at, i) => Math.min(least, at - half(i)), Number.POSITIVE_INFINITY)
  const right = x.reduce((most, at, i) => Math.max(most, at + half(i)), Number.NEGATIVE_INFINITY)
  const top = (layer: number) => EDGE_ROOM + layer * (NODE_HEIGHT + LAYER_GAP)
  const at = (index: number) => x[index]! - left + EDGE_ROOM
  return {
    width: layers.length === 0 ? 0 : Math.ceil(right - left + 2 * EDGE_ROOM),
    height: layers.length === 0 ? 0 : top(graph.layers.length - 1) + NODE_HEIGHT + EDGE_ROOM,
    nodes: layers.map((layer, index) => ({ layer, x: at(index) - NODE_WIDTH / 2, y: top(graph.items[index]!.layer) })),
    edges: graph.routes.map((route) => ({
      from: route[0]!,
      to: route[route.length - 1]!,
      points: route.flatMap((index, i) => {
        const y = top(graph.items[index]!.layer)
        if (i === 0) return [{ x: at(index), y: y + NODE_HEIGHT }]
        if (i === route.length - 1) return [{ x: at(index), y }]
        return [
          { x: at(index), y },
          { x: at(index), y: y + NODE_HEIGHT },
        ]
      }),
    })),
    connected,
    unknown: [...unknown],
  }
}
