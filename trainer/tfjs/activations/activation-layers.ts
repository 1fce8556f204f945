import type { LayersModel } from '@tensorflow/tfjs'
import type { ActivationRule } from '../../../core/activation-tally.ts'
import { flatLayers, metricPart } from '../weight-labels.ts'

type Layer = LayersModel['layers'][number]

/** A layer whose outputs are activations. */
export interface ActivationLayer {
  layer: Layer
  /** Part of a metric name, different for every layer of the model. */
  label: string
  rule: ActivationRule
  /** Dimension that tells units apart; counted from the end when negative. */
  unitAxis: number
}

const DEAD: ActivationRule = { kind: 'zero' }
const RULES: Record<string, ActivationRule> = {
  relu: DEAD,
  relu6: DEAD,
  ReLU: DEAD,
  ThresholdedReLU: DEAD,
  tanh: { kind: 'saturated', low: -0.97, high: 0.97 },
  sigmoid: { kind: 'saturated', low: 0.03, high: 0.97 },
  hardSigmoid: { kind: 'saturated', low: 0.03, high: 0.97 },
}
/** Layers that are an activation function by themselves. */
const OWN_LAYER = /^(ReLU|LeakyReLU|ThresholdedReLU|ELU|\w*PReLU)$/
/** No hidden activation: nothing, or probabilities. */
const NOT_HIDDEN = ['linear', 'softmax', 'logSoftmax']

/**
 * The layers that apply an activation function: `Activation` and ReLU-like layers, and dense and convolution layers made with
 * `activation`. Left out are the outputs of the model, which are its answer (a sure sigmoid is not a fault there), softmax, and
 * recurrent layers, whose functions work inside.
 */
export function activationLayers(model: LayersModel): ActivationLayer[] {
  const outputs = outputLayers(model)
  const layers = flatLayers(model)
  const channelsFirst = layers.some((layer) => (layer as { dataFormat?: unknown }).dataFormat === 'channelsFirst')
  const taken = new Set<string>()
  return layers.flatMap((layer): ActivationLayer[] => {
    const name = functionName(layer)
    if (name === null || NOT_HIDDEN.includes(name) || outputs.has(layer)) return []
    return [{ layer, label: freeLabel(layer.name, taken), rule: RULES[name] ?? null, unitAxis: channelsFirst ? 1 : -1 }]
  })
}

function functionName(layer: Layer): string | null {
  const className = layer.getClassName()
  if (OWN_LAYER.test(className)) return className
  const { activation, cell } = layer as { activation?: { getClassName?(): string } | null; cell?: unknown }
  return cell || typeof activation?.getClassName !== 'function' ? null : activation.getClassName()
}

function outputLayers(model: LayersModel): Set<Layer> {
  const found = new Set<Layer>()
  for (const { sourceLayer } of model.outputs) {
    if ('layers' in sourceLayer) for (const inner of outputLayers(sourceLayer as unknown as LayersModel)) found.add(inner)
    else found.add(sourceLayer)
  }
  return found
}

function freeLabel(name: string, taken: Set<string>): string {
  const base = metricPart(name)
  let label = base
  for (let n = 2; taken.has(label); n++) label = `${base}-${n}`
  taken.add(label)
  return label
}
