import type { LayersModel } from '@tensorflow/tfjs'

type Layer = LayersModel['layers'][number]

/** The layers each layer takes its inputs from, by name; those of nested models in place of the model, as `flatLayers` lists them. */
export function layerInputs(model: LayersModel): Map<string, string[]> {
  const edges = new Map<string, string[]>()
  collect(model, [], edges)
  return edges
}

/** `outer`: names of the layers that feed the model where it is nested. */
function collect(model: LayersModel, outer: string[], edges: Map<string, string[]>): void {
  // A layer may be part of several models; the nodes of this one are listed in a field the types do not show.
  const { containerNodes } = model as unknown as { containerNodes: ReadonlySet<string> }
  for (const layer of model.layers) {
    const sources = layer.inboundNodes
      .filter((_node, index) => containerNodes.has(`${layer.name}_ib-${index}`))
      .flatMap((node) => node.inboundLayers.flatMap(outputNames))
    // A sequential model hides its input layer: what comes from a layer not listed comes from outside.
    const known = [...new Set(sources)].filter((name) => isListed(model, name))
    const inputs = known.length > 0 ? known : outer
    if (isModel(layer)) collect(layer as unknown as LayersModel, inputs, edges)
    else edges.set(layer.name, inputs)
  }
}

/** The layers whose output is the output of this one. */
function outputNames(layer: Layer): string[] {
  return isModel(layer) ? (layer as unknown as LayersModel).outputLayers.flatMap(outputNames) : [layer.name]
}

function isListed(model: LayersModel, name: string): boolean {
  return model.layers.some((layer) => layer.name === name || (isModel(layer) && isListed(layer as unknown as LayersModel, name)))
}

function isModel(layer: Layer): boolean {
  return 'layers' in layer && Array.isArray(layer.layers)
}
