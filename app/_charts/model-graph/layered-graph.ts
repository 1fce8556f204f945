/** A directed graph in layers: what each step of the layout reads and fills in. */
export interface LayeredGraph {
  /** Nodes and, after them, the bends of edges that cross layers. */
  items: LayeredItem[]
  /** Positions of items per layer, from left to right. */
  layers: number[][]
  /** Every edge as the items it passes, from its source to its target. */
  routes: number[][]
  /** Items of one longest path: it is drawn straight, and everything else beside it. */
  spine: ReadonlySet<number>
}

export interface LayeredItem {
  /** Position of the node it stands for; null for a bend. */
  node: number | null
  layer: number
  above: number[]
  below: number[]
}

export type Edge = readonly [from: number, to: number]

/**
 * Longest-path layering: a node is one layer below the lowest of those it comes from. Edges that close a circle are turned round for
 * this, so that any input gets a drawing. An edge over several layers gets a bend in each of them.
 */
export function layeredGraph(nodes: number, edges: readonly Edge[]): LayeredGraph {
  const forward = withoutCircles(nodes, edges)
  const rank = longestPaths(nodes, forward)
  const items: LayeredItem[] = Array.from({ length: nodes }, (_, node) => ({ node, layer: rank[node]!, above: [], below: [] }))
  const routes = forward.map(([from, to]) => {
    const route = [from]
    for (let layer = rank[from]! + 1; layer < rank[to]!; layer++) {
      route.push(items.length)
      items.push({ node: null, layer, above: [], below: [] })
    }
    route.push(to)
    for (let i = 1; i < route.length; i++) {
      items[route[i - 1]!]!.below.push(route[i]!)
      items[route[i]!]!.above.push(route[i - 1]!)
    }
    return route
  })
  const layers: number[][] = Array.from({ length: nodes === 0 ? 0 : Math.max(...rank) + 1 }, () => [])
  items.forEach((item, index) => {
    layers[item.layer]!.push(index)
  })
  return { items, layers, routes, spine: longestPath(items, layers) }
}

/** From a node of the last layer upwards: a node always comes from one of the layer above. */
function longestPath(items: readonly LayeredItem[], layers: readonly (readonly number[])[]): Set<number> {
  const spine = new Set<number>()
  let at = layers.at(-1)?.[0]
  while (at !== undefined) {
    spine.add(at)
    at = items[at]!.above.find((above) => items[above]!.node !== null)
  }
  return spine
}

/** Edges against the direction of a depth-first walk are reversed; loops on one node are left out. */
function withoutCircles(nodes: number, edges: readonly Edge[]): Edge[] {
  const next: number[][] = Array.from({ length: nodes }, () => [])
  for (const [from, to] of edges) if (from !== to) next[from]!.push(to)
  const state = new Uint8Array(nodes)
  const forward: Edge[] = []
  for (let root = 0; root < nodes; root++) {
    if (state[root] !== 0) continue
    const path = [{ node: root, at: 0 }]
    state[root] = 1
    while (path.length > 0) {
      const top = path[path.length - 1]!
      const to = next[top.node]![top.at++]
      if (to === undefined) {
        state[top.node] = 2
        path.pop()
      } else {
        forward.push(state[to] === 1 ? [to, top.node] : [top.node, to])
        if (state[to] === 0) {
          state[to] = 1
          path.push({ node: to, at: 0 })
        }
      }
    }
  }
  return forward
}

function longestPaths(nodes: number, edges: readonly Edge[]): number[] {
  const waiting = new Array<number>(nodes).fill(0)
  const next: number[][] = Array.from({ length: nodes }, () => [])
  for (const [from, to] of edges) {
    next[from]!.push(to)
    waiting[to]!++
  }
  const rank = new Array<number>(nodes).fill(0)
  const ready = waiting.flatMap((count, node) => (count === 0 ? [node] : []))
  for (const node of ready)
    for (const to of next[node]!) {
      rank[to] = Math.max(rank[to]!, rank[node]! + 1)
      if (--waiting[to]! === 0) ready.push(to)
    }
  return rank
}
