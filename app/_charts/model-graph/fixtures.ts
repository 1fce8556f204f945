import type { ModelLayer } from '../../../core/kinds/values.ts'
import type { ModelGraphData } from './graph-layout.ts'

const layer = (name: string, type: string, shape: number[], parameters: number, inputs?: string[], trainable = true): ModelLayer => ({
  name,
  type,
  outputShape: [null, ...shape],
  parameters,
  trainable,
  flops: parameters * 2,
  ...(inputs && { inputs }),
})

function sample(layers: ModelLayer[]): ModelGraphData {
  const parameters = layers.reduce((sum, one) => sum + one.parameters, 0)
  const trainableParameters = layers.reduce((sum, one) => sum + (one.trainable ? one.parameters : 0), 0)
  return { title: 'Model', model: { layers, parameters, trainableParameters } }
}

/** A residual network: blocks of two convolutions, every second with a projected shortcut. */
function residual(blocks: number, frozen = 0): ModelLayer[] {
  const layers = [layer('input', 'InputLayer', [28, 28, 1], 0, []), layer('stem', 'Conv2D', [28, 28, 16], 160, ['input'])]
  let from = 'stem'
  for (let i = 0; i < blocks; i++) {
    const shape = [28 >> Math.min(3, i >> 1), 28 >> Math.min(3, i >> 1), 16 << Math.min(4, i >> 1)]
    const width = shape[2] ?? 16
    const name = (part: string) => `block_${i + 1}_${part}`
    const projected = i % 2 === 1
    const on = i >= frozen
    layers.push(
      layer(name('conv_1'), 'Conv2D', shape, 9 * width * width, [from], on),
      layer(name('relu_1'), 'Activation', shape, 0, [name('conv_1')]),
      layer(name('conv_2'), 'Conv2D', shape, 9 * width * width, [name('relu_1')], on),
      ...(projected ? [layer(name('shortcut'), 'Conv2D', shape, width * width, [from], on)] : []),
      layer(name('add'), 'Add', shape, 0, [name('conv_2'), projected ? name('shortcut') : from]),
    )
    from = name('add')
  }
  return [...layers, layer('pool', 'GlobalAveragePooling2D', [64], 0, [from]), layer('logits', 'Dense', [10], 650, ['pool'])]
}

export const modelGraphFixtures: Record<string, () => ModelGraphData> = {
  'residual blocks': () => sample(residual(2)),
  'no connections recorded': () =>
    sample([
      layer('conv2d_1', 'Conv2D', [26, 26, 8], 80),
      layer('flatten', 'Flatten', [5408], 0),
      layer('a_dense_layer_with_a_very_long_name_indeed', 'Dense', [10], 54_090),
    ]),
  'branches that join, frozen, unknown input': () =>
    sample([
      layer('image', 'InputLayer', [64, 64, 3], 0, []),
      layer('text', 'InputLayer', [128], 0, []),
      layer('conv', 'Conv2D', [62, 62, 32], 896, ['image'], false),
      layer('pool', 'GlobalMaxPooling2D', [32], 0, ['conv']),
      layer('embed', 'Dense', [32], 4128, ['text']),
      layer('concat', 'Concatenate', [96], 0, ['pool', 'embed', 'elsewhere']),
      layer('head', 'Dense', [5], 485, ['concat']),
    ]),
  'three hundred layers': () => sample(residual(66, 20)),
}
