import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import type { ActivationConfig } from './activations/registry.ts'
import type { Architecture } from './architectures/architecture.ts'
import { drawWeights } from './draw-weights.ts'
import type { InitConfig } from './initializers/registry.ts'
import type { BuildContext, LabModel } from './lab-model.ts'
import { LayerFactory } from './layer-factory.ts'
import { labLayers } from './layers/lab-layers.ts'
import type { NormConfig } from './norms/registry.ts'
import { weightNames } from './weight-names.ts'

/** What the config of any kind of model may hold. */
interface AnyConfig {
  kind: string
  init: InitConfig
  activation?: ActivationConfig
  norm?: NormConfig
  dropout?: number
  spatialDropout?: number
}

const HEAD = 'output'

/** The layers of one architecture from input to logits, with their first weights. */
export function assembleModel(tf: Tf, architecture: Architecture, config: AnyConfig, context: BuildContext): LabModel {
  check(architecture, config.kind, context)
  const { inputShape, outputs, initSeed, dropoutSeed } = context
  const layers = new LayerFactory(tf, {
    activation: config.activation ?? { kind: 'identity' },
    norm: config.norm ?? { kind: 'none' },
    dropout: config.dropout ?? 0,
    spatialDropout: config.spatialDropout ?? 0,
    dropoutSeed,
  })
  try {
    const input = layers.input(inputShape)
    const features = architecture.assemble(layers, flattened(layers, architecture, input), config as never)
    const model = tf.model({ inputs: input, outputs: layers.dense(features, HEAD, outputs), name: config.kind })
    drawWeights(tf, layers.made, config.init, initSeed, layers.zero)
    return labModel(tf, model)
  } catch (error) {
    layers.discard()
    throw error
  }
}

function flattened(layers: LayerFactory, { imagesOnly }: Architecture, input: SymbolicTensor): SymbolicTensor {
  return imagesOnly || input.shape.length === 2 ? input : layers.add(layers.tf.layers.flatten({ name: 'flatten' }), input)
}

function labModel(tf: Tf, model: LayersModel): LabModel {
  const { SeededDropout } = labLayers(tf)
  const dropouts = model.layers.filter((layer): layer is InstanceType<typeof SeededDropout> => layer instanceof SeededDropout)
  return {
    model,
    head: HEAD,
    weightNames: weightNames(model),
    setStep(step) {
      for (const layer of dropouts) layer.setStep(step)
    },
    dispose() {
      model.dispose()
    },
  }
}

function check({ imagesOnly }: Architecture, kind: string, { inputShape, outputs }: BuildContext): void {
  if (inputShape.length === 0 || inputShape.some((length) => !Number.isSafeInteger(length) || length < 1))
    throw new LossboardError(
      'invalid_argument',
      `model ${kind}: the input shape is [${inputShape.join(', ')}]: it must be one or more whole numbers from 1`,
    )
  if (!Number.isSafeInteger(outputs) || outputs < 1)
    throw new LossboardError('invalid_argument', `model ${kind}: ${outputs} outputs: it must be a whole number from 1`)
  if (imagesOnly && inputShape.length !== 3)
    throw new LossboardError(
      'invalid_option',
      `model ${kind} takes images (height × width × channels), but one example has shape [${inputShape.join(', ')}]: use model "mlp" or "linear", or image data`,
    )
}
