import type { LayeredGraph, LayeredItem } from './layered-graph.ts'

const PASSES = 40
/** The longest path keeps its place, other nodes make room for it, and bends for all. */
const WEIGHTS = { spine: 1e6, node: 1, bend: 0.05 } as const

/**
 * Horizontal centres of all items, the order within layers kept: every item as near to its neighbours as the distances allow,
 * the longest path first, so that it is straight and shortcuts run beside it.
 * @param width of an item
 * @param gap least space between two of a layer
 */
export function placeItems({ items, layers, spine }: LayeredGraph, width: (item: LayeredItem) => number, gap: number): Float64Array {
  const x = new Float64Array(items.length)
  const kind = (index: number): keyof typeof WEIGHTS => (spine.has(index) ? 'spine' : items[index]!.node === null ? 'bend' : 'node')
  const spread = (layer: readonly number[], wanted: (index: number) => number) =>
    spreadLayer(
      layer,
      x,
      (index) => width(items[index]!),
      gap,
      wanted,
      (index) => WEIGHTS[kind(index)],
    )
  for (const layer of layers) spread(layer, () => 0)
  for (let pass = 0; pass < PASSES; pass++) {
    const down = pass % 2 === 0
    const order = down ? layers.slice(1) : layers.slice(0, -1).reverse()
    for (const layer of order)
      spread(layer, (index) => {
        const near = down ? items[index]!.above : items[index]!.below
        const like = near.filter((one) => kind(one) === kind(index))
        const chosen = like.length > 0 ? like : near
        return chosen.length === 0 ? x[index]! : chosen.reduce((sum, one) => sum + x[one]!, 0) / chosen.length
      })
  }
  return x
}

/** Least squares from the wanted places with the distances kept (pool adjacent violators). */
function spreadLayer(
  layer: readonly number[],
  x: Float64Array,
  width: (index: number) => number,
  gap: number,
  wanted: (index: number) => number,
  weightOf: (index: number) => number,
): void {
  // Taking the least distances off turns "at least so far apart" into "not decreasing".
  let offset = 0
  const offsets = layer.map((index, i) => {
    if (i > 0) offset += (width(layer[i - 1]!) + width(index)) / 2 + gap
    return offset
  })
  const pools: { sum: number; weight: number; from: number; to: number }[] = []
  layer.forEach((index, i) => {
    const weight = weightOf(index)
    let pool = { sum: weight * (wanted(index) - offsets[i]!), weight, from: i, to: i + 1 }
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, from: last.from, to: pool.to }
      pools.pop()
    }
    pools.push(pool)
  })
  for (const { sum, weight, from, to } of pools) for (let i = from; i < to; i++) x[layer[i]!] = sum / weight + offsets[i]!
}
