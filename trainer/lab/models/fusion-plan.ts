import type { LayersModel } from '@tensorflow/tfjs'
import { layerInputs } from '../../tfjs/model-graph.ts'

type Layer = LayersModel['layers'][number]

export interface FusionPlan {
  /** Batch norm layers and the layer each goes into. */
  fused: { norm: string; into: string }[]
  /** Batch norm layers that stay, and why. */
  left: { norm: string; reason: string }[]
}

/** Which batch norms of a model can be folded into the convolution or dense layer before them, and why the others cannot. */
export function fusionPlan(model: LayersModel): FusionPlan {
  const inputs = layerInputs(model)
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]))
  const plan: FusionPlan = { fused: [], left: [] }
  for (const layer of model.layers) {
    if (layer.getClassName() !== 'BatchNormalization') continue
    const before = byName.get(inputs.get(layer.name)?.[0] ?? '')
    const reason = obstacle(model, layer, before, inputs)
    if (reason === null && before) plan.fused.push({ norm: layer.name, into: before.name })
    else plan.left.push({ norm: layer.name, reason: reason ?? 'it follows no layer' })
  }
  return plan
}

function obstacle(model: LayersModel, norm: Layer, before: Layer | undefined, inputs: ReadonlyMap<string, string[]>): string | null {
  if (!before) return 'it follows no layer'
  if (!['Conv2D', 'Dense'].includes(before.getClassName()))
    return `it follows "${before.name}" (${before.getClassName()}), which has no kernel to fold it into`
  const { activation } = before.getConfig() as { activation?: unknown }
  if (activation !== 'linear') return `"${before.name}" applies the activation ${String(activation)} before it`
  const axis = (norm.getConfig() as { axis?: number }).axis ?? -1
  const rank = (before.outputShape as unknown[]).length
  if (axis !== -1 && axis !== rank - 1) return `it normalises axis ${axis}, not the channels`
  const users = [...inputs].filter(([, sources]) => sources.includes(before.name)).map(([name]) => name)
  if (users.length > 1) return `"${users.find((name) => name !== norm.name)}" needs the output of "${before.name}" without it`
  if (model.outputLayers.includes(before)) return `the output of "${before.name}" is an output of the model`
  if (before.inboundNodes.length > 1) return `"${before.name}" is used more than once`
  return null
}
