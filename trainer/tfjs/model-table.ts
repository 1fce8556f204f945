import type { LayersModel } from '@tensorflow/tfjs'
import type { ModelValue } from '../../core/kinds/values.ts'
import { layerFlops } from './layer-flops.ts'
import { layerInputs } from './model-graph.ts'
import { flatLayers } from './weight-labels.ts'

type Shape = (number | null)[]

/** The layers of a built model: shapes, parameters, operations and where each takes its inputs from; null while the model does not know its input shape. */
export function modelTable(model: LayersModel): ModelValue | null {
  if (!model.built) return null
  const inputs = layerInputs(model)
  const layers = flatLayers(model).map((layer) => {
    const shape = layer.outputShape as Shape | Shape[]
    return {
      name: layer.name,
      type: layer.getClassName(),
      // Layers with several outputs show the first one.
      outputShape: (Array.isArray(shape[0]) ? shape[0] : shape) as Shape,
      parameters: layer.countParams(),
      trainable: layer.trainable,
      inputs: inputs.get(layer.name) ?? [],
      flops: layerFlops(layer),
      weights: layer.weights.map((weight) => ({ name: weight.originalName, shape: weight.shape as number[] })),
    }
  })
  const inputShape = model.inputs[0]?.shape
  return {
    layers,
    parameters: count(model.weights),
    trainableParameters: count(model.trainableWeights),
    ...(inputShape && { inputShape: inputShape as Shape }),
    flops: layers.reduce<number | null>((sum, { flops }) => (sum === null || flops === null ? null : sum + flops), 0),
  }
}

/** Shared weights count once. */
function count(weights: LayersModel['weights']): number {
  const sizes = new Map(weights.map((weight) => [weight.name, weight.shape.reduce<number>((product, length) => product * (length ?? 1), 1)]))
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
