import type { LayersModel, Tensor } from '@tensorflow/tfjs'

export interface BatchNormStatistics {
  /** Name of the batch norm layer. */
  layer: string
  /** Mean over the channels of the moving mean. */
  mean: number
  /** Mean over the channels of the moving variance. */
  variance: number
}

/** What the batch norm layers will normalise by in inference, averaged over their channels; empty for a model without. */
export async function batchNormStatistics(model: LayersModel): Promise<BatchNormStatistics[]> {
  return Promise.all(
    model.layers
      .filter((layer) => layer.getClassName() === 'BatchNormalization')
      .map(async (layer) => ({
        layer: layer.name,
        mean: await meanOf(weightOf(layer, 'moving_mean')),
        variance: await meanOf(weightOf(layer, 'moving_variance')),
      })),
  )
}

function weightOf(layer: LayersModel['layers'][number], name: string): Tensor {
  const weight = layer.weights.find((candidate) => candidate.originalName.endsWith(`/${name}`))
  if (!weight) throw new Error(`layer ${layer.name} has no ${name}`)
  return weight.read()
}

async function meanOf(tensor: Tensor): Promise<number> {
  const values = await tensor.data<'float32'>()
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
