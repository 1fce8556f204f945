import { permutation } from '../../../core/permutation.ts'
import { exampleSize } from '../data/examples.ts'
import type { Augmentation } from './augmentation.ts'
import { betaRandom } from './beta-random.ts'

/**
 * Mixes each example with another of the same batch, and their targets with it: λ x + (1 − λ) x′, λ from Beta(α, α), one per batch
 * (Zhang et al., 2018). λ is at least one half, so that the example's own label keeps the larger part; since pairs are drawn at random and
 * Beta(α, α) is symmetric, that changes only which of the two is called the first.
 */
export function mixup(shape: readonly number[], classes: number, alpha: number): Augmentation {
  const size = exampleSize(shape)
  return {
    apply(inputs, targets, n, random) {
      const drawn = betaRandom(alpha, alpha, random)
      const share = Math.max(drawn, 1 - drawn)
      const partners = permutation(n, random)
      mixRows(inputs, size, partners, share)
      mixRows(targets, classes, partners, share)
    },
  }
}

function mixRows(rows: Float32Array, size: number, partners: Int32Array, share: number): void {
  const before = rows.slice()
  for (let row = 0; row < partners.length; row++) {
    const from = partners[row]! * size
    for (let i = 0; i < size; i++) rows[row * size + i] = share * before[row * size + i]! + (1 - share) * before[from + i]!
  }
}
