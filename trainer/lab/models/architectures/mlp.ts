import { z } from 'zod'
import { hiddenLayerOptions } from '../hidden-layer-options.ts'
import type { Architecture } from './architecture.ts'

const schema = z
  .strictObject({
    kind: z.literal('mlp'),
    hidden: z.array(z.int().min(1)).default([128, 64]).describe('Units of each hidden layer, from the input on.'),
    ...hiddenLayerOptions,
  })
  .describe('Fully connected network. Layers: hidden1, hidden2, …, output.')

/** Per hidden layer: dense, norm, activation, dropout. */
export const mlp: Architecture<typeof schema> = {
  schema,
  imagesOnly: false,
  assemble(layers, input, { hidden }) {
    let x = input
    for (const [index, units] of hidden.entries()) {
      const name = `hidden${index + 1}`
      x = layers.dropout(layers.activation(layers.normedDense(x, name, units), name), name)
    }
    return x
  },
}
