import type { Scalar, Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'
import type { Clip } from './shared-options.ts'
import { squareSum } from './square-sum.ts'

export interface ClippedGradients {
  gradients: Tensor[]
  /** Global L2 norm before clipping; null when nobody asked for it. */
  norm: Scalar | null
  /** Clipping by value only: whether any element was beyond the limit. */
  exceeded: Tensor | null
}

/**
 * Clips without reading anything back; call inside a tidy.
 *
 * What is not finite never becomes a zero or a harmless number: NaN passes clipping by value, and when the global norm is NaN or infinite
 * nothing is scaled. An infinite element does become ±value, which is what clipping by value means; the norm still says that it was there.
 */
export function clipGradients(tf: Tf, gradients: readonly Tensor[], clip: Clip, measureNorm: boolean): ClippedGradients {
  const byNorm = clip !== null && 'norm' in clip
  const norm = gradients.length > 0 && (measureNorm || byNorm) ? globalNorm(tf, gradients) : null
  if (clip === null || gradients.length === 0) return { gradients: [...gradients], norm, exceeded: null }
  if ('norm' in clip) {
    const share = tf.minimum(tf.div(clip.norm, norm!), 1)
    const factor = tf.where(tf.isFinite(norm!), share, tf.onesLike(share))
    return { gradients: gradients.map((gradient) => tf.mul(gradient, factor)), norm, exceeded: null }
  }
  const beyond = gradients.map((gradient) => tf.any(tf.greater(tf.abs(gradient), clip.value)))
  return {
    gradients: gradients.map((gradient) => tf.where(tf.isNaN(gradient), gradient, tf.clipByValue(gradient, -clip.value, clip.value))),
    norm,
    exceeded: tf.any(tf.stack(beyond)),
  }
}

function globalNorm(tf: Tf, gradients: readonly Tensor[]): Scalar {
  return tf.sqrt(tf.addN(gradients.map((gradient) => squareSum(tf, gradient))))
}
