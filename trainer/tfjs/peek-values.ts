import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from './tf.ts'

interface WasmMemory {
  typedArrayFromHeap?(tensor: Tensor): ArrayLike<number>
}

/**
 * The values of a float32 tensor, to be read at once and not kept: on wasm a view of its memory, which the next op may reuse or move;
 * elsewhere a copy. Copying costs more than most sums over the values do.
 */
export function peekValues(tf: Tf, tensor: Tensor): Float32Array {
  const backend = tf.backend() as WasmMemory
  if (tf.getBackend() === 'wasm' && tensor.dtype === 'float32' && typeof backend.typedArrayFromHeap === 'function')
    return backend.typedArrayFromHeap(tensor) as Float32Array
  return tensor.dataSync<'float32'>()
}
