import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'

/**
 * log(1 + u) for 0 ≤ u ≤ 1, as exact for tiny u as for large: the `log1p` of wasm returns 0 below 6e-8. What rounding 1 + u loses is lost in
 * the logarithm and in the difference alike, so their quotient stays right (Kahan).
 */
export function logOnePlus(tf: Tf, u: Tensor): Tensor {
  const sum = tf.add(u, 1)
  const rounded = tf.sub(sum, 1)
  const nothing = tf.equal(rounded, 0)
  // Where 1 + u is 1, the logarithm is u; the divisor there only must not be 0.
  return tf.where(nothing, u, tf.mul(u, tf.div(tf.log(sum), tf.where(nothing, tf.onesLike(rounded), rounded))))
}
