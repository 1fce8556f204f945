import type { LayersModel } from '@tensorflow/tfjs'
import { layersMatching } from './layers-matching.ts'

/**
 * Makes the matching layers keep their weights: they leave `model.trainableWeights`, and a batch norm of the lab also keeps its moving
 * averages and normalises by them in training. Dropout layers go on dropping. Returns the names of the frozen layers that have weights.
 *
 * @throws LossboardError `invalid_option` for a glob that matches no layer
 */
export function freezeLayers(model: LayersModel, globs: readonly string[]): string[] {
  return layersMatching(model, globs).filter((name) => {
    const layer = model.getLayer(name)
    layer.trainable = false
    return layer.weights.length > 0
  })
}
