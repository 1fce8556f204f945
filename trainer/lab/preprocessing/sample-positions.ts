import { permutation } from '../../../core/permutation.ts'
import { seededRandom } from '../../../core/seeded-random.ts'

/** Up to `count` positions below `n`, always the same ones, drawn at random: data sorted by class is represented too. */
export function samplePositions(n: number, count: number): Int32Array {
  return permutation(n, seededRandom(0)).subarray(0, count).sort()
}
