import { seededRandom } from '../../../core/seeded-random.ts'
import { type Examples, exampleSize } from '../../../trainer/lab/data/examples.ts'

/** Made-up pictures for tests: dark at the border, other means per channel, two classes in turns. */
export function images(n: number, shape: [number, number, number] = [4, 4, 1], seed = 1): Examples {
  const random = seededRandom(seed)
  const channels = shape[2]
  const inputs = Uint8Array.from({ length: n * exampleSize(shape) }, (_, i) => Math.floor(random() * (80 + 60 * (i % channels))))
  return { shape, inputs, labels: Int32Array.from({ length: n }, (_, i) => i % 2), n }
}

/** A table of `width` features. */
export function table(inputs: Float32Array, width: number, labels?: number[]): Examples {
  const n = inputs.length / width
  return { shape: [width], inputs, labels: Int32Array.from(labels ?? Array.from({ length: n }, (_, i) => i % 2)), n }
}

export function positions(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i)
}
