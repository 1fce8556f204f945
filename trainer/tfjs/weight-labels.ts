import type { LayersModel } from '@tensorflow/tfjs'

type Layer = LayersModel['layers'][number]

/** Layers in order, those of nested models in place of the model that holds them. */
export function flatLayers(model: LayersModel): Layer[] {
  return model.layers.flatMap((layer) => ('layers' in layer && Array.isArray(layer.layers) ? flatLayers(layer as unknown as LayersModel) : [layer]))
}

/**
 * Label of every kernel of the model by variable name. A kernel is a weight of rank 2 or more: dense, convolution and recurrent
 * kernels and embeddings, but no biases and no normalisation gains, whose ratios say little (they start at 0 or 1).
 * The label is the layer's name; a layer with several kernels (LSTM, separable convolution) adds the weight's own name.
 */
export function kernelLabels(model: LayersModel): Map<string, string> {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const layer of flatLayers(model)) {
    const kernels = layer.weights.filter((weight) => isKernel(weight.shape))
    for (const weight of kernels) {
      if (labels.has(weight.name)) continue
      const own = weight.originalName.split('/').at(-1) ?? weight.originalName
      const short = metricPart(kernels.length === 1 ? layer.name : `${layer.name}/${own}`)
      const label = taken.has(short) ? metricPart(`${layer.name}/${weight.name}`) : short
      taken.add(label)
      labels.set(weight.name, label)
    }
  }
  return labels
}

/** Label of a variable no model told us about: its name without `/kernel`. */
export function variableLabel(name: string): string {
  return metricPart(name.replace(/\/kernel(_\d+)?$/, '$1'))
}

export function isKernel(shape: readonly (number | null)[]): boolean {
  return shape.length >= 2
}

/** Any layer name as a valid part of a metric name. */
export function metricPart(name: string): string {
  const clean = name
    .replace(/[^A-Za-z0-9_./ -]/g, '_')
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/')
  return clean.slice(0, 200) || 'layer'
}
