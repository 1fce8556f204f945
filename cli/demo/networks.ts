import type { LayersModel } from '@tensorflow/tfjs'
import type { Tf } from '../../trainer/tfjs/tf.ts'

/** Networks by name. All end in logits; weights come from the seed, so a run gives the same numbers every time. */
export const NETWORKS = {
  /** Two convolutions with pooling, 13,000 weights. */
  'conv-net'(tf: Tf, seed: number): LayersModel {
    const { conv2d, maxPooling2d, flatten, dense } = tf.layers
    return tf.sequential({
      layers: [
        conv2d({ name: 'conv1', inputShape: [28, 28, 1], filters: 8, kernelSize: 5, activation: 'relu', kernelInitializer: he(tf, seed) }),
        maxPooling2d({ name: 'pool1', poolSize: 2 }),
        conv2d({ name: 'conv2', filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: he(tf, seed + 1) }),
        maxPooling2d({ name: 'pool2', poolSize: 2 }),
        flatten({ name: 'flatten' }),
        dense({ name: 'hidden', units: 32, activation: 'relu', kernelInitializer: he(tf, seed + 2) }),
        dense({ name: 'output', units: 10, kernelInitializer: xavier(tf, seed + 3) }),
      ],
    })
  },

  /** Two hidden layers, 109,000 weights. */
  mlp(tf: Tf, seed: number): LayersModel {
    const { flatten, dense } = tf.layers
    return tf.sequential({
      layers: [
        flatten({ name: 'flatten', inputShape: [28, 28, 1] }),
        dense({ name: 'hidden1', units: 128, activation: 'relu', kernelInitializer: he(tf, seed) }),
        dense({ name: 'hidden2', units: 64, activation: 'relu', kernelInitializer: he(tf, seed + 1) }),
        dense({ name: 'output', units: 10, kernelInitializer: xavier(tf, seed + 2) }),
      ],
    })
  },
} as const

function he(tf: Tf, seed: number) {
  return tf.initializers.heNormal({ seed })
}

function xavier(tf: Tf, seed: number) {
  return tf.initializers.glorotNormal({ seed })
}
