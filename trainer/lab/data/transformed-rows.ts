import type { Preprocessing } from '../preprocessing/preprocessing.ts'
import { type Examples, exampleSize, rawRows } from './examples.ts'

/** Transformed rows are kept up to this size. */
const MOST_BYTES = 512 * 2 ** 20

/**
 * Gives preprocessed rows by position. Where a row is costly (rotations), each is computed once and kept, as long as all fit into 512 MB:
 * a later epoch then copies them.
 */
export function transformedRows(examples: Examples, preprocessing: Preprocessing): (positions: ArrayLike<number>) => Float32Array {
  const size = exampleSize(preprocessing.shape)
  if (!preprocessing.costly || examples.n * size * 4 > MOST_BYTES)
    return (positions) => preprocessing.apply(rawRows(examples, positions), positions.length)
  let kept: { rows: Float32Array; done: Uint8Array } | null = null
  return (positions) => {
    kept ??= { rows: new Float32Array(examples.n * size), done: new Uint8Array(examples.n) }
    const { rows, done } = kept
    const missing = Array.from(positions).filter((position) => done[position] === 0)
    if (missing.length > 0) {
      const fresh = preprocessing.apply(rawRows(examples, missing), missing.length)
      missing.forEach((position, i) => {
        rows.set(fresh.subarray(i * size, (i + 1) * size), position * size)
        done[position] = 1
      })
    }
    const result = new Float32Array(positions.length * size)
    for (let i = 0; i < positions.length; i++) result.set(rows.subarray(positions[i]! * size, (positions[i]! + 1) * size), i * size)
    return result
  }
}
