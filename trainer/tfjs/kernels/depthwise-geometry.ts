import type { Tf } from '../tf.ts'
import type { ConvAttributes } from './training-kernel.ts'

type Shape4 = [number, number, number, number]

/** Where the windows of a depthwise convolution lie; what both of its gradients walk over. */
export function depthwiseGeometry(tf: Tf, inputShape: Shape4, filterShape: Shape4, attrs: ConvAttributes) {
  const { strides, pad, dimRoundingMode, dilations = 1 } = attrs
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations, pad, dimRoundingMode, true, 'channelsLast')
}

type Geometry = ReturnType<typeof depthwiseGeometry>

/** Calls `visit` once per (image, output pixel, filter tap) inside the image, with the offsets of its first channel in x, dy and filter. */
export function eachTap(g: Geometry, visit: (xOffset: number, dyOffset: number, filterOffset: number) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = g
  for (let image = 0; image < batchSize; image++)
    for (let outRow = 0; outRow < outHeight; outRow++)
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const dyOffset = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels
        for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
          const row = outRow * g.strideHeight - g.padInfo.top + tapRow * g.dilationHeight
          if (row < 0 || row >= inHeight) continue
          for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
            const column = outColumn * g.strideWidth - g.padInfo.left + tapColumn * g.dilationWidth
            if (column < 0 || column >= inWidth) continue
            visit(((image * inHeight + row) * inWidth + column) * inChannels, dyOffset, (tapRow * filterWidth + tapColumn) * outChannels)
          }
        }
      }
}
