import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs'
import { LOG10_RATIO } from '../../core/kinds/histogram.ts'
import { RATIO_SLOT, RATIO_SLOTS, TINY_WEIGHT } from '../../core/update-ratio.ts'
import type { Wanted, WeightMeasurement, WeightSample } from './measurement.ts'
import type { Tf } from './tf.ts'

/** Elements counted at once: float32 counts are exact up to here. */
const SLICE = 2 ** 24
const BINS_PER_DECADE = LOG10_RATIO.bins / (LOG10_RATIO.high - LOG10_RATIO.low)

/**
 * Measures on the device and leaves one small tensor to read back: right where reading whole weights is slow (native GPU, WebGPU).
 * Sums are float32 there (relative error about 1e-6) and the logarithm is the device's: an element within its rounding of a bin's
 * edge can land in the neighbouring bin; counters are exact.
 *
 * The caller owns `result` and passes its values to `decode`.
 */
export function measureByTensorOps(
  tf: Tf,
  samples: WeightSample[],
  wanted: Wanted,
): { result: Tensor1D; decode: (values: Float32Array) => WeightMeasurement[] } {
  const readers: ((values: Reader) => WeightMeasurement)[] = []
  const result = tf.tidy(() => {
    const parts: Tensor1D[] = []
    for (const sample of samples) {
      const { label, isKernel, weights, gradient } = sample
      const updates = weights !== null && (wanted.ratios || wanted.histograms)
      const histogram = updates && wanted.histograms
      const slices = histogram ? Math.ceil(weights.before.size / SLICE) : 0
      const withNorm = wanted.gradients && gradient !== null
      const withLost = histogram && gradient !== null
      if (updates) parts.push(squares(tf, tf.sub(weights.after, weights.before)), squares(tf, weights.before))
      if (histogram) for (let slice = 0; slice < slices; slice++) parts.push(slotCounts(tf, weights.before, weights.after, slice))
      if (withLost) parts.push(lostCount(tf, weights.before, weights.after, gradient))
      if (withNorm) parts.push(squares(tf, gradient))
      readers.push((reader) => ({
        label,
        isKernel,
        squares: updates ? { updateSquares: reader.one(), weightSquares: reader.one() } : null,
        slots: histogram ? reader.slots(slices) : null,
        lostShare: withLost ? reader.one() / weights.before.size : null,
        gradientSquares: withNorm ? reader.one() : null,
      }))
    }
    return parts.length === 0 ? tf.tensor1d([], 'float32') : tf.concat(parts)
  })
  const decode = (values: Float32Array): WeightMeasurement[] => {
    const reader = new Reader(values)
    return readers.map((read) => read(reader))
  }
  return { result, decode }
}

function squares(tf: Tf, tensor: Tensor): Tensor1D {
  return tf.sum(tf.square(tensor)).as1D()
}

function lostCount(tf: Tf, before: Tensor, after: Tensor, gradient: Tensor): Tensor1D {
  const lost = tf.logicalAnd(tf.equal(before, after), tf.notEqual(gradient, tf.scalar(0)))
  return tf.sum(tf.cast(lost, 'float32')).as1D()
}

function slotCounts(tf: Tf, before: Tensor, after: Tensor, slice: number): Tensor1D {
  return tf.tidy(() => {
    const begin = slice * SLICE
    const part = (tensor: Tensor): Tensor1D => tf.slice1d(tensor.as1D(), begin, Math.min(SLICE, tensor.size - begin))
    const weight = part(before)
    const update = tf.sub(part(after), weight)
    const size = tf.abs(weight)
    const scaled = tf.add(tf.mul(tf.log(tf.div(tf.abs(update), size)), BINS_PER_DECADE / Math.LN10), -LOG10_RATIO.low * BINS_PER_DECADE)
    const bin = tf.clipByValue(tf.floor(scaled), -1, LOG10_RATIO.bins)
    const scalar = (slot: number): Scalar => tf.scalar(slot, 'float32')
    const filled = (slot: number): Tensor1D => tf.fill([weight.size], slot, 'float32')
    const finite = tf.less(tf.abs(update), scalar(Number.POSITIVE_INFINITY))
    let slot: Tensor = tf.add(bin, scalar(RATIO_SLOT.firstBin))
    slot = tf.where(tf.less(size, scalar(TINY_WEIGHT)), filled(RATIO_SLOT.tinyWeight), slot)
    slot = tf.where(tf.equal(update, scalar(0)), filled(RATIO_SLOT.zero), slot)
    slot = tf.where(finite, slot, filled(RATIO_SLOT.nonFinite))
    return tf.bincount(tf.cast(slot, 'int32') as Tensor1D, tf.tensor1d([], 'float32'), RATIO_SLOTS)
  })
}

/** Walks the values read back in the order they were put together. */
class Reader {
  private position = 0
  constructor(private readonly values: Float32Array) {}

  one(): number {
    return this.values[this.position++]!
  }

  slots(slices: number): Float64Array {
    const slots = new Float64Array(RATIO_SLOTS)
    for (let slice = 0; slice < slices; slice++) {
      for (let slot = 0; slot < RATIO_SLOTS; slot++) slots[slot]! += this.values[this.position + slot]!
      this.position += RATIO_SLOTS
    }
    return slots
  }
}
