import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../tf.ts'
import type { ActivationLayer } from './activation-layers.ts'

/**
 * One forward pass in inference mode, showing each layer's output to `see` while it exists. Works on the model itself, so that nested
 * models and layers of any kind take part and no second model has to be built; nothing of the model changes: no dropout mask is drawn
 * and no running statistic moves in inference mode.
 */
export function observeLayers(
  tf: Tf,
  model: LayersModel,
  layers: readonly ActivationLayer[],
  rows: Tensor | Tensor[],
  see: (layer: ActivationLayer, output: Tensor) => void,
): void {
  const undo: (() => void)[] = []
  try {
    for (const one of layers) undo.push(onCall(one.layer, (output) => see(one, output)))
    tf.tidy(() => {
      model.apply(rows, { training: false })
    })
  } finally {
    for (const restore of undo) restore()
  }
}

function onCall(layer: LayersModel['layers'][number], see: (output: Tensor) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(layer, 'call')
  const original = layer.call
  layer.call = function (...args: Parameters<typeof original>) {
    const output = original.apply(this, args)
    see(Array.isArray(output) ? (output[0] as Tensor) : output)
    return output
  }
  return () => {
    if (own) Object.defineProperty(layer, 'call', own)
    else delete (layer as Partial<typeof layer>).call
  }
}
