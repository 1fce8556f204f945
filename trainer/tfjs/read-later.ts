import type { Tensor } from '@tensorflow/tfjs'
import { SYNCHRONOUS_BACKENDS } from './backends.ts'
import type { Tf } from './tf.ts'

/**
 * Reads one small tensor, disposes of it and hands its values on: at once where the backend can, else (WebGPU) when they have come.
 * What is under way stays in `reading`.
 */
export function readLater(
  tf: Tf,
  result: Tensor,
  reading: Set<Promise<void>>,
  take: (values: Float32Array) => void,
  failed: (error: unknown) => void,
): void {
  tf.keep(result)
  if (SYNCHRONOUS_BACKENDS.includes(tf.getBackend())) {
    const values = result.dataSync<'float32'>()
    result.dispose()
    take(values)
    return
  }
  const one = result
    .data<'float32'>()
    .then(take)
    .catch(failed)
    .finally(() => {
      result.dispose()
      reading.delete(one)
    })
  reading.add(one)
}
