import { seededRandom } from '../../../core/seeded-random.ts'

/** Standard normal numbers from a seed in double precision (Box and Muller), the same on every machine and backend. */
export function gaussianSource(seed: number): () => number {
  const random = seededRandom(seed)
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    // 1 − u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    const angle = 2 * Math.PI * random()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}
