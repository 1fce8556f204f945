import { type ConvAttributes, input, type TrainingKernel } from './training-kernel.ts'

interface Attributes extends ConvAttributes {
  filterShape: [number, number, number, number]
}

/**
 * Gradient of a convolution by its filter, which the wasm package lacks. It is itself a convolution: the input read as
 * [inChannels, height, width, batch], the output gradient as a filter [outHeight, outWidth, batch, outChannels] dilated by the stride.
 */
export const conv2dBackpropFilter: TrainingKernel<Attributes> = {
  name: 'Conv2DBackpropFilter',
  compute(call, ops) {
    const x = input(call, 'x')
    const dy = input(call, 'dy')
    const { strides, pad, dimRoundingMode, filterShape, dataFormat } = call.attrs
    if (dataFormat && dataFormat !== 'NHWC')
      throw new Error(`Conv2DBackpropFilter on wasm supports NHWC only, got ${dataFormat}: use channelsLast layers`)
    const shape = x.shape as [number, number, number, number]
    const info = ops.tf.backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode, false, 'channelsLast')
    const { filterHeight, filterWidth, inChannels, outChannels, strideHeight, strideWidth, outHeight, outWidth } = info
    const { top, left } = info.padInfo
    const unpadded = top === 0 && left === 0 && outHeight === info.inHeight && outWidth === info.inWidth
    if (filterHeight * filterWidth * strideHeight * strideWidth === 1 && unpadded) {
      const pixels = shape[0] * shape[1] * shape[2]
      const product = ops.matMul(ops.view(x, [1, pixels, inChannels]), ops.view(dy, [1, pixels, outChannels]), true)
      return ops.view(product, [1, 1, inChannels, outChannels])
    }
    const byChannel = ops.transpose(x, [3, 1, 2, 0])
    const gradientFilter = ops.transpose(dy, [1, 2, 0, 3])
    const bottom = Math.max(0, (outHeight - 1) * strideHeight + filterHeight - info.inHeight - top)
    const right = Math.max(0, (outWidth - 1) * strideWidth + filterWidth - info.inWidth - left)
    const full = ops.conv2d(byChannel, gradientFilter, [top, bottom, left, right], [strideHeight, strideWidth])
    const cut = ops.slice(full, [0, 0, 0, 0], [inChannels, filterHeight, filterWidth, outChannels])
    const result = ops.transpose(cut, [1, 2, 0, 3])
    ops.free(byChannel, gradientFilter, full, cut)
    return result
  },
}
