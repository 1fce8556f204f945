import type { Tf } from '../../../tfjs/tf.ts'
import { channelPRelu } from './channel-prelu.ts'
import { freezableBatchNorm } from './freezable-batch-norm.ts'
import { groupNormLayers } from './group-norm-layers.ts'
import { seededDropout } from './seeded-dropout.ts'

function makeLabLayers(tf: Tf) {
  const own = { ...groupNormLayers(tf), SeededDropout: seededDropout(tf), ChannelPReLU: channelPRelu(tf) }
  // So that a saved model with these layers can be loaded again.
  for (const layer of Object.values(own)) tf.serialization.registerClass(layer as never)
  return { ...own, FreezableBatchNorm: freezableBatchNorm(tf) }
}

export type LabLayers = ReturnType<typeof makeLabLayers>

const made = new WeakMap<Tf, LabLayers>()

/** The layers TensorFlow.js lacks, as classes of the given copy of it. */
export function labLayers(tf: Tf): LabLayers {
  let layers = made.get(tf)
  if (!layers) {
    layers = makeLabLayers(tf)
    made.set(tf, layers)
  }
  return layers
}
