import type { Optimizer, Tensor } from '@tensorflow/tfjs'

interface Inside {
  learningRate?: unknown
  /** SGD and momentum: −learning rate as a kept scalar, the number they really use. */
  c?: Tensor
  /** Adamax only. */
  decay?: unknown
  iteration?: Tensor
}

const effective = new WeakMap<Tensor, number>()

/**
 * The learning rate the optimizer's next update uses, whatever its kind; null when it tells none.
 *
 * SGD and momentum ignore assignments to `learningRate` (their setter is `setLearningRate`): the rate they really use is returned.
 */
export function learningRate(optimizer: Optimizer): number | null {
  const inside = optimizer as unknown as Inside
  const stated = typeof inside.learningRate === 'number' ? inside.learningRate : null
  const used = inside.c ? usedRate(inside.c) : null
  // The scalar is float32: where it is the stated number rounded, the stated one is the better print.
  if (used !== null && (stated === null || Math.fround(stated) !== used)) return used
  return stated
}

function usedRate(scalar: Tensor): number | null {
  const known = effective.get(scalar)
  if (known !== undefined) return known
  if (scalar.isDisposed) return null
  try {
    const rate = -scalar.dataSync()[0]!
    effective.set(scalar, rate)
    return rate
  } catch {
    // WebGPU in Node cannot read synchronously.
    return null
  }
}
