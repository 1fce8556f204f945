import { type ConvAttributes, input, type TrainingKernel } from './training-kernel.ts'

interface Attributes extends ConvAttributes {
  filterSize: [number, number] | number
}

/**
 * Gradient of max pooling: each output gradient goes to the first largest pixel of its window. The shipped kernel is wrong where
 * a window holds no positive number (it starts from the smallest positive float and then takes the window's first pixel), so
 * pooling after batch normalisation or a linear convolution would silently train on wrong gradients.
 */
export const maxPoolGrad: TrainingKernel<Attributes> = {
  name: 'MaxPoolGrad',
  compute(call, ops) {
    const dy = input(call, 'dy')
    const x = input(call, 'input')
    const { filterSize, strides, pad, dimRoundingMode } = call.attrs
    const shape = x.shape as [number, number, number, number]
    const info = ops.tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode)
    const { inHeight, inWidth, inChannels, outHeight, outWidth } = info
    const result = call.backend.makeOutput(x.shape, x.dtype)
    const pixels = call.backend.typedArrayFromHeap(x)
    const gradient = call.backend.typedArrayFromHeap(dy)
    const sums = call.backend.typedArrayFromHeap(result)
    sums.fill(0)
    for (let image = 0, out = 0; image < info.batchSize; image++)
      for (let outRow = 0; outRow < outHeight; outRow++) {
        const top = outRow * info.strideHeight - info.padInfo.top
        const firstRow = Math.max(0, top)
        const lastRow = Math.min(inHeight, top + info.filterHeight)
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const left = outColumn * info.strideWidth - info.padInfo.left
          const firstColumn = Math.max(0, left)
          const lastColumn = Math.min(inWidth, left + info.filterWidth)
          const corner = ((image * inHeight + firstRow) * inWidth + firstColumn) * inChannels
          for (let channel = 0; channel < inChannels; channel++, out++) {
            let largest = corner + channel
            for (let row = firstRow; row < lastRow; row++) {
              let position = ((image * inHeight + row) * inWidth + firstColumn) * inChannels + channel
              for (let column = firstColumn; column < lastColumn; column++, position += inChannels)
                if (pixels[position]! > pixels[largest]!) largest = position
            }
            sums[largest]! += gradient[out]!
          }
        }
      }
    return result
  },
}
