import type { LayersModel, SymbolicTensor, Tensor } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import { fusionPlan } from './fusion-plan.ts'

type Layer = LayersModel['layers'][number]

/**
 * A new model for inference in which each batch norm that can be folded (`fusionPlan` tells) has gone into the convolution or dense
 * layer before it: kernel · γ/√(σ² + ε), bias (b − μ)·γ/√(σ² + ε) + β, with the moving statistics of now. Its numbers
 * are the old model's up to rounding; layers keep their names. The old model stays as it is; both must be disposed.
 *
 * @throws LossboardError `invalid_argument` for a model that is not built, models inside the model, shared layers, and several inputs or outputs
 */
export function fuseBatchNorm(tf: Tf, given: LayersModel): LayersModel {
  refuseUnusual(given)
  const model = withInputLayer(given)
  const plan = fusionPlan(model)
  const normOf = new Map(plan.fused.map(({ norm, into }) => [into, model.getLayer(norm)]))
  const hostOf = new Map(plan.fused.map(({ norm, into }) => [norm, into]))
  const outputs = new Map<string, SymbolicTensor>()
  for (const layer of model.layers) {
    const host = hostOf.get(layer.name)
    if (host !== undefined) outputs.set(layer.name, outputs.get(host)!)
    else if (layer.getClassName() === 'InputLayer') outputs.set(layer.name, tf.input({ batchShape: layer.outputShape as number[], name: layer.name }))
    else {
      const sources = layer.inboundNodes[0]!.inboundLayers.map((source) => outputs.get(source.name)!)
      outputs.set(layer.name, rebuilt(tf, layer, normOf.get(layer.name), sources))
    }
  }
  return tf.model({
    inputs: outputs.get(model.inputLayers[0]!.name)!,
    outputs: outputs.get(model.outputLayers[0]!.name)!,
    name: `${given.name}-fused`,
  })
}

/** A sequential model keeps its input layer in a model inside it. */
function withInputLayer(model: LayersModel): LayersModel {
  return 'model' in model ? (model.model as LayersModel) : model
}

function rebuilt(tf: Tf, layer: Layer, norm: Layer | undefined, sources: SymbolicTensor[]): SymbolicTensor {
  const { fromConfig } = layer.constructor as unknown as { fromConfig(layerClass: unknown, config: object): Layer }
  const config = layer.getConfig()
  const copy = fromConfig(layer.constructor, norm ? { ...config, useBias: true } : config)
  const output = copy.apply(sources.length === 1 ? sources[0]! : sources) as SymbolicTensor
  const weights = norm ? foldedWeights(tf, layer, norm) : layer.getWeights()
  if (weights.length > 0) copy.setWeights(weights)
  if (norm) tf.dispose(weights)
  return output
}

/** Kernel and bias with the batch norm in them. */
function foldedWeights(tf: Tf, layer: Layer, norm: Layer): Tensor[] {
  return tf.tidy(() => {
    const weight = (owner: Layer, name: string) => owner.weights.find((one) => one.originalName === `${owner.name}/${name}`)?.read()
    const mean = weight(norm, 'moving_mean')!
    const deviation = tf.sqrt(tf.add(weight(norm, 'moving_variance')!, (norm.getConfig() as { epsilon: number }).epsilon))
    const gain = tf.div(weight(norm, 'gamma') ?? tf.onesLike(mean), deviation)
    const centred = tf.sub(weight(layer, 'bias') ?? tf.zerosLike(mean), mean)
    const bias = tf.add(tf.mul(centred, gain), weight(norm, 'beta') ?? tf.zerosLike(mean))
    // The outputs are the last dimension of every kernel.
    return [tf.mul(weight(layer, 'kernel')!, gain), bias]
  })
}

function refuseUnusual(model: LayersModel): void {
  const problem = !model.built
    ? 'it is not built yet (compile it, or predict once)'
    : model.inputLayers.length !== 1 || model.outputLayers.length !== 1
      ? 'it has several inputs or outputs'
      : model.layers.some((layer) => 'layers' in layer)
        ? 'it holds another model'
        : model.layers.some((layer) => layer.inboundNodes.length > 1)
          ? 'it uses a layer more than once'
          : model.layers.some((layer) => Array.isArray(layer.output))
            ? 'a layer of it has several outputs'
            : null
  if (problem) throw new LossboardError('invalid_argument', `model "${model.name}" cannot be fused: ${problem}`)
}
