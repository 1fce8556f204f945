import type { LayeredGraph } from './layered-graph.ts'

/** Sweeps down and up; the drawing hardly changes after a few. */
const SWEEPS = 6

/** Barycenter rule: each item goes where its neighbours of the layer before are on average, so that edges cross little. In place. */
export function orderLayers({ items, layers }: LayeredGraph): void {
  const place = new Array<number>(items.length).fill(0)
  const number = (layer: number[]) =>
    layer.forEach((item, i) => {
      place[item] = i
    })
  layers.forEach(number)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    const order = down ? layers.slice(1) : layers.slice(0, -1).reverse()
    for (const layer of order) {
      const wanted = new Map(
        layer.map((item) => {
          const neighbours = down ? items[item]!.above : items[item]!.below
          const sum = neighbours.reduce((total, one) => total + place[one]!, 0)
          return [item, neighbours.length === 0 ? place[item]! : sum / neighbours.length]
        }),
      )
      // Nodes before bends where both want the same place: shortcuts then run beside the network, not through it.
      layer.sort(
        (a, b) => wanted.get(a)! - wanted.get(b)! || Number(items[a]!.node === null) - Number(items[b]!.node === null) || place[a]! - place[b]!,
      )
      number(layer)
    }
  }
}
