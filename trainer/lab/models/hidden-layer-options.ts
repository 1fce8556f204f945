import { z } from 'zod'
import { activationSchema } from './activations/registry.ts'
import { initSchema } from './initializers/registry.ts'
import { normSchema } from './norms/registry.ts'

const rate = z.number().min(0).lt(1).default(0)

export const init = initSchema.prefault('msra').describe('How the weight matrices start; biases start at 0.')

/** Options of every network with hidden layers. */
export const hiddenLayerOptions = {
  activation: activationSchema.prefault('relu').describe('Function after every hidden layer.'),
  init,
  norm: normSchema.prefault('none').describe('Normalisation between every hidden layer and its activation.'),
  dropout: rate.describe('Share of the inputs of each later dense layer set to 0 in training (inverted dropout).'),
}

/** Options of every convolutional network. */
export const convolutionOptions = {
  ...hiddenLayerOptions,
  filters: z.int().min(1).default(16).describe('Filters of the first stage; each later stage has twice as many.'),
  stages: z.int().min(1).max(8).default(3).describe('Number of stages; between two of them height and width are halved.'),
  spatialDropout: rate.describe('Share of the whole channels set to 0 after each stage in training.'),
}
