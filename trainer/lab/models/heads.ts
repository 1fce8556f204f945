import type { SymbolicTensor } from '@tensorflow/tfjs'
import { z } from 'zod'
import type { LayerFactory } from './layer-factory.ts'
import { namedChoice } from './named-choice.ts'

const average = z.strictObject({ kind: z.literal('average') }).describe('Global average pooling: the mean of each channel over all positions.')
const dense = z
  .strictObject({
    kind: z.literal('dense'),
    units: z.array(z.int().min(1)).default([128]).describe('Units of the dense layers between the flattened feature maps and the output layer.'),
  })
  .describe('Flatten, then dense layers named dense1, dense2, …')

export const headSchema = namedChoice('head', [average, dense])
export type HeadConfig = z.output<typeof headSchema>

export function averageHead(layers: LayerFactory, x: SymbolicTensor): SymbolicTensor {
  const pooled = layers.add(layers.tf.layers.globalAveragePooling2d({ name: 'global-average-pool' }), x)
  return layers.dropout(pooled, 'global-average-pool')
}

export function vggHead(layers: LayerFactory, x: SymbolicTensor, head: HeadConfig): SymbolicTensor {
  if (head.kind === 'average') return averageHead(layers, x)
  let y = layers.dropout(layers.add(layers.tf.layers.flatten({ name: 'flatten' }), x), 'flatten')
  for (const [index, units] of head.units.entries()) {
    const name = `dense${index + 1}`
    y = layers.dropout(layers.activation(layers.normedDense(y, name, units), name), name)
  }
  return y
}
