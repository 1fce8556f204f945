import { mixSeed } from '../../../core/mix-seed.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { DRAW } from './split.ts'

/** A copy of the labels in which exactly `round(share · n)` are replaced by another class, each other class equally likely. */
export function flipLabels(labels: Int32Array, classes: number, share: number, seed: number): { labels: Int32Array; flipped: number } {
  const random = seededRandom(mixSeed(seed, DRAW.noise))
  const noisy = labels.slice()
  const flipped = Math.round(share * labels.length)
  const order = Int32Array.from(labels, (_, i) => i)
  for (let i = 0; i < flipped; i++) {
    const j = i + Math.floor(random() * (order.length - i))
    const position = order[j]!
    order[j] = order[i]!
    noisy[position] = (noisy[position]! + 1 + Math.floor(random() * (classes - 1))) % classes
  }
  return { labels: noisy, flipped }
}
