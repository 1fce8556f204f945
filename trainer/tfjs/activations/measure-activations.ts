import type { LayersModel, Tensor, Tensor1D } from '@tensorflow/tfjs'
import { type ActivationLayout, type ActivationStatistics, SATURATED_UNIT, tallyActivations } from '../../../core/activation-tally.ts'
import { peekValues } from '../peek-values.ts'
import type { Tf } from '../tf.ts'
import type { ActivationLayer } from './activation-layers.ts'
import { observeLayers } from './observe-layers.ts'

export interface ActivationMeasurement {
  label: string
  statistics: ActivationStatistics
}

/** Measures in plain JavaScript with sums in double precision. Right where reading a tensor is a memory copy: the cpu and wasm backends. */
export function measureActivationsByLoop(
  tf: Tf,
  model: LayersModel,
  layers: readonly ActivationLayer[],
  rows: Tensor | Tensor[],
): ActivationMeasurement[] {
  const found: ActivationMeasurement[] = []
  observeLayers(tf, model, layers, rows, ({ label, rule, unitAxis }, output) => {
    found.push({ label, statistics: tallyActivations(peekValues(tf, output), layoutOf(output, unitAxis), rule) })
  })
  return withoutRepeats(found)
}

/** Numbers read back for each layer: mean, variance, share of dead units, of saturated values, of saturated units. */
const FIGURES = 5

/** Measures on the device and leaves one small tensor to read back; sums are float32 there. The caller owns `result`. */
export function measureActivationsByTensorOps(
  tf: Tf,
  model: LayersModel,
  layers: readonly ActivationLayer[],
  rows: Tensor | Tensor[],
): { result: Tensor1D; decode: (values: Float32Array) => ActivationMeasurement[] } {
  const seen: ActivationLayer[] = []
  const parts: Tensor1D[] = []
  try {
    observeLayers(tf, model, layers, rows, (layer, output) => {
      seen.push(layer)
      parts.push(tf.keep(figures(tf, layer, output)))
    })
    const result = parts.length === 0 ? tf.tensor1d([], 'float32') : tf.tidy(() => tf.concat(parts))
    const decode = (values: Float32Array): ActivationMeasurement[] =>
      withoutRepeats(
        seen.map(({ label, rule }, at) => ({ label, statistics: decodeFigures(values.subarray(at * FIGURES, (at + 1) * FIGURES), rule) })),
      )
    return { result, decode }
  } finally {
    tf.dispose(parts)
  }
}

function figures(tf: Tf, { rule, unitAxis }: ActivationLayer, output: Tensor): Tensor1D {
  return tf.tidy(() => {
    const { outer, units, inner } = layoutOf(output, unitAxis)
    const values = output.reshape([outer, units, inner])
    const { mean, variance } = tf.moments(values)
    const none = tf.scalar(0)
    if (rule === null) return tf.stack([mean, variance, none, none, none]) as Tensor1D
    if (rule.kind === 'zero') {
      const active = tf.max(tf.cast(tf.notEqual(values, none), 'float32'), [0, 2])
      return tf.stack([mean, variance, tf.sub(1, tf.mean(active)), none, none]) as Tensor1D
    }
    const saturated = tf.cast(tf.logicalOr(tf.less(values, rule.low), tf.greater(values, rule.high)), 'float32')
    const shares = tf.mean(saturated, [0, 2])
    const over = tf.mean(tf.cast(tf.greater(shares, SATURATED_UNIT), 'float32'))
    return tf.stack([mean, variance, none, tf.mean(saturated), over]) as Tensor1D
  })
}

function decodeFigures(values: Float32Array, rule: ActivationLayer['rule']): ActivationStatistics {
  const [mean = Number.NaN, variance = Number.NaN, dead = Number.NaN, saturated = Number.NaN, units = Number.NaN] = values
  return {
    mean,
    std: Math.sqrt(Math.max(0, variance)),
    deadFraction: rule?.kind === 'zero' ? dead : null,
    saturatedFraction: rule?.kind === 'saturated' ? saturated : null,
    saturatedUnits: rule?.kind === 'saturated' ? units : null,
  }
}

/** Rank 1 (one value per row) is one unit. */
function layoutOf({ shape }: Tensor, unitAxis: number): ActivationLayout {
  const axis = shape.length < 2 ? shape.length : shape.length === 2 || unitAxis < 0 ? shape.length - 1 : unitAxis
  const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1)
  return { outer: product(shape.slice(0, axis)), units: shape[axis] ?? 1, inner: product(shape.slice(axis + 1)) }
}

/** A layer that the model uses several times is told by its first use. */
function withoutRepeats(found: ActivationMeasurement[]): ActivationMeasurement[] {
  return found.filter(({ label }, index) => found.findIndex((other) => other.label === label) === index)
}
