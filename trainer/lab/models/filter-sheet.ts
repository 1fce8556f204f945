import type { LayersModel } from '@tensorflow/tfjs'
import type { Pixels } from '../../image/image.ts'
import { type FilterScale, type Filters, filterGrid } from './filter-grid.ts'

export interface FilterSheet {
  /** Name of the layer. */
  layer: string
  pixels: Pixels
  /** One line: what is shown, how many of how many, on which scale. */
  caption: string
}

export interface FilterSheetOptions {
  /** Default `each`: every filter has its own black and white. */
  scale?: FilterScale
  /** At most this many filters, the first ones. Default 64. */
  most?: number
}

/** Channels shown per filter where they are neither grey nor colours. */
const MOST_CHANNELS = 16

/**
 * The weights of the first layer as pictures, for `image(pixels, { caption })`: the kernels of a convolution, or, of a linear or
 * fully connected network on images, what each unit looks for (one template per class). Null when the first layer sees no images.
 */
export async function firstLayerFilters(model: LayersModel, { scale = 'each', most = 64 }: FilterSheetOptions = {}): Promise<FilterSheet | null> {
  const layer = model.layers.find((candidate) => candidate.weights.length > 0)
  const kernel = layer?.weights[0]
  if (!layer || !kernel) return null
  const shape = filterShape(model, layer, kernel.shape as number[])
  if (!shape) return null
  const [height, width, channels, all] = shape
  const count = Math.min(all, most)
  const shown = channels === 1 || channels === 3 ? channels : Math.min(channels, MOST_CHANNELS)
  const values = filtersFirst(await kernel.read().data<'float32'>(), shape, count, shown)
  const { pixels, range, notFinite } = filterGrid({ count, height, width, channels: shown, values }, scale)
  const caption = [
    `${layer.name}: ${count < all ? `the first ${count} of ${all}` : all} filter${all === 1 ? '' : 's'} of ${height} × ${width} × ${channels}`,
    ...(shown < channels ? [`channels 1 to ${shown} of ${channels}`] : []),
    range
      ? `one scale, black ${range.low.toPrecision(3)}, white ${range.high.toPrecision(3)}`
      : 'each on its own scale from its smallest to its largest weight',
    ...(notFinite > 0 ? [`${notFinite} weights are not finite (black)`] : []),
  ].join('; ')
  return { layer: layer.name, pixels, caption }
}

type FilterShape = [height: number, width: number, channels: number, count: number]

function filterShape(model: LayersModel, layer: LayersModel['layers'][number], kernel: number[]): FilterShape | null {
  if (layer.getClassName() === 'Conv2D') return kernel as FilterShape
  const [, ...image] = (model.inputs[0]?.shape ?? []) as number[]
  const [height, width, channels] = image
  if (layer.getClassName() !== 'Dense' || image.length !== 3) return null
  // Otherwise something before it has changed the pixels.
  return kernel[0] === height! * width! * channels! ? [height!, width!, channels!, kernel[1]!] : null
}

/** From [height, width, channels, filters] to [filters, height, width, channels], of which only the first filters and channels. */
function filtersFirst(values: ArrayLike<number>, [height, width, channels, all]: FilterShape, count: number, shown: number): Filters['values'] {
  const result = new Float32Array(count * height * width * shown)
  for (let filter = 0, to = 0; filter < count; filter++)
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let channel = 0; channel < shown; channel++, to++) result[to] = values[(pixel * channels + channel) * all + filter]!
  return result
}
