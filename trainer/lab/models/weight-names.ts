import type { LayersModel } from '@tensorflow/tfjs'

/**
 * The stable name of each weight (`hidden1/kernel`) by the name of its variable. TensorFlow.js makes variable names unique within a
 * process, so the second model there has `hidden1/kernel_1`: what is stored under names must use the stable ones.
 */
export function weightNames(model: LayersModel): Map<string, string> {
  return new Map(model.weights.map((weight) => [weight.name, weight.originalName]))
}
