import { formatCount } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { shapesToSvg } from '../shapes/shape.ts'
import { modelGraphFixtures } from './fixtures.ts'
import { type ModelGraphData, modelGraph } from './graph-layout.ts'
import { graphPicture } from './graph-shapes.ts'
import { shapeText } from './layer-text.ts'

function summary({ title, model }: ModelGraphData): string {
  const { edges, connected } = modelGraph(model)
  const shortcuts = edges.filter((edge) => edge.points.length > 2).length
  const extra = connected && shortcuts > 0 ? `, ${formatCount(shortcuts)} connections skip layers` : ''
  return `${title}: graph of ${formatCount(model.layers.length)} layers with ${formatCount(model.parameters)} parameters${extra}.`
}

function notes({ model }: ModelGraphData): string[] {
  const { connected, unknown, edges } = modelGraph(model)
  const said = ['Output shapes are without the batch.']
  if (!connected && model.layers.length > 1) said.push('What is connected was not recorded: layers are in the order of the record.')
  if (edges.some((edge) => edge.points.length > 2)) said.push('Connections that skip layers, such as residual shortcuts, are coloured.')
  if (model.layers.some((layer) => layer.parameters > 0 && !layer.trainable)) said.push('Frozen layers are dashed.')
  if (unknown.length > 0) said.push(`Inputs that are no layer of this model: ${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', …' : ''}.`)
  return said
}

function table({ title, model }: ModelGraphData): ChartTable {
  return {
    comments: [`${title}: layers; FLOPs of a forward pass of one example, a multiplication and an addition count as two`],
    header: ['layer', 'type', 'output_shape', 'parameters', 'flops', 'trainable', 'inputs'],
    rows: model.layers.map((layer) => [
      layer.name,
      layer.type,
      shapeText(layer.outputShape),
      layer.parameters,
      layer.flops ?? '',
      String(layer.trainable),
      layer.inputs?.join(' ') ?? '',
    ]),
  }
}

export const modelGraphKind = {
  id: 'model-graph',
  title: 'Model graph',
  renderer: 'svg',
  size: { width: 480, height: 520 },
  aspect: ({ model }) => {
    const { width, height } = modelGraph(model)
    return width === 0 ? 0.2 : (height + 30) / width
  },
  svg: (data, look, size) => shapesToSvg(graphPicture(data, look, size), look, size),
  summary,
  notes,
  table,
  fixtures: modelGraphFixtures,
} satisfies ChartKind<ModelGraphData>
