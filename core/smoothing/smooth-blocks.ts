import type { Smoothing } from '../chart.ts'

/** Consecutive stretches of points, known by the mean and number of their finite values and the step they end at. */
export interface Blocks {
  mean: Float64Array
  count: Float64Array
  step: Float64Array
}

/** Smoothed value at the end of each block, taking every point of a block for its mean. Blocks without finite values give NaN. */
export function smoothBlocks(blocks: Blocks, smoothing: Smoothing): Float64Array {
  switch (smoothing.kind) {
    case 'none':
      return blocks.mean.slice()
    case 'ema':
      return decaying(blocks, (i) => smoothing.weight ** blocks.count[i]!)
    case 'time':
      // Per block, the distance of its end from the end of the block before it.
      return decaying(blocks, (i) => (i === 0 ? 0 : 2 ** (-(blocks.step[i]! - blocks.step[i - 1]!) / smoothing.halfLife)))
    case 'mean':
      return kernelMean(blocks, Math.floor(smoothing.window / 2), () => 1)
    case 'gaussian':
      return kernelMean(blocks, 8 * smoothing.sigma, (distance) => Math.exp(-(distance ** 2) / (2 * smoothing.sigma ** 2)))
  }
}

/** Normalised mean of the past, of which a share `keep(i)` outlives block i. */
function decaying({ mean, count }: Blocks, keep: (i: number) => number): Float64Array {
  const result = new Float64Array(mean.length).fill(Number.NaN)
  let sum = 0
  let weight = 0
  for (let i = 0; i < mean.length; i++) {
    if (count[i] === 0) continue
    const kept = keep(i)
    sum = sum * kept + mean[i]! * (1 - kept)
    weight = weight * kept + (1 - kept)
    result[i] = sum / weight
  }
  return result
}

/** Mean of the blocks around each, weighted by their counts and by the kernel at the distance of their middles, in points. */
function kernelMean({ mean, count }: Blocks, reach: number, kernel: (distance: number) => number): Float64Array {
  const n = mean.length
  const middle = new Float64Array(n)
  let before = 0
  for (let i = 0; i < n; i++) {
    middle[i] = before + count[i]! / 2
    before += count[i]!
  }
  const result = new Float64Array(n).fill(Number.NaN)
  let from = 0
  for (let i = 0; i < n; i++) {
    if (count[i] === 0) continue
    while (middle[i]! - middle[from]! > reach) from++
    let sum = 0
    let weight = 0
    for (let j = from; j < n && middle[j]! - middle[i]! <= reach; j++) {
      const share = count[j]! * kernel(middle[j]! - middle[i]!)
      if (share === 0) continue
      sum += share * mean[j]!
      weight += share
    }
    result[i] = sum / weight
  }
  return result
}
