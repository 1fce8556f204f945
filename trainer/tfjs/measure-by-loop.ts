import type { Tensor } from '@tensorflow/tfjs'
import { sumOfSquares, tallyUpdate, updateSquares } from '../../core/update-ratio.ts'
import type { Wanted, WeightMeasurement, WeightSample } from './measurement.ts'
import { peekValues } from './peek-values.ts'
import type { Tf } from './tf.ts'

/** Measures in plain JavaScript, exactly. Right where reading a tensor is a memory copy: the cpu and wasm backends. */
export function measureByLoop(tf: Tf, samples: WeightSample[], wanted: Wanted): WeightMeasurement[] {
  const values = (tensor: Tensor) => peekValues(tf, tensor)
  return samples.map(({ label, isKernel, weights, gradient }) => {
    const gradientValues = gradient && (wanted.gradients || (weights && wanted.histograms)) ? values(gradient) : null
    const measurement: WeightMeasurement = {
      label,
      isKernel,
      squares: null,
      slots: null,
      lostShare: null,
      gradientSquares: gradientValues && wanted.gradients ? sumOfSquares(gradientValues) : null,
    }
    if (!weights || !(wanted.ratios || wanted.histograms)) return measurement
    const before = values(weights.before)
    const after = values(weights.after)
    if (!wanted.histograms) return { ...measurement, squares: updateSquares(before, after) }
    const tally = tallyUpdate(before, after, gradientValues)
    return {
      ...measurement,
      squares: tally,
      slots: tally.slots,
      lostShare: tally.lost === null ? null : tally.lost / before.length,
    }
  })
}
