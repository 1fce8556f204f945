import type { LayersModel } from '@tensorflow/tfjs'
import type { ModelValue } from '../../core/kinds/values.ts'
import { flatLayers } from './weight-labels.ts'

type Shape = (number | null)[]

/** The layers of a built model with their shapes and parameter counts; null while the model does not know its input shape. */
export function modelTable(model: LayersModel): ModelValue | null {
  if (!model.built) return null
  const layers = flatLayers(model).map((layer) => {
    const shape = layer.outputShape as Shape | Shape[]
    return {
      name: layer.name,
      type: layer.getClassName(),
      // Layers with several outputs show the first one.
      outputShape: (Array.isArray(shape[0]) ? shape[0] : shape) as Shape,
      parameters: layer.countParams(),
      trainable: layer.trainable,
    }
  })
  return { layers, parameters: count(model.weights), trainableParameters: count(model.trainableWeights) }
}

/** Shared weights count once. */
function count(weights: LayersModel['weights']): number {
  const sizes = new Map(weights.map((weight) => [weight.name, weight.shape.reduce<number>((product, length) => product * (length ?? 1), 1)]))
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
