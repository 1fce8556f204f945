import { depthwiseGeometry, eachTap } from './depthwise-geometry.ts'
import { type ConvAttributes, input, type TrainingKernel } from './training-kernel.ts'

interface Attributes extends ConvAttributes {
  inputShape: [number, number, number, number]
}

/** Gradient of a depthwise convolution by its input, which the wasm package lacks. */
export const depthwiseBackpropInput: TrainingKernel<Attributes> = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  compute(call, ops) {
    const dy = input(call, 'dy')
    const filter = input(call, 'filter')
    const { backend, attrs } = call
    const geometry = depthwiseGeometry(ops.tf, attrs.inputShape, filter.shape as [number, number, number, number], attrs)
    const result = backend.makeOutput(attrs.inputShape, 'float32')
    const gradient = backend.typedArrayFromHeap(dy)
    const weights = backend.typedArrayFromHeap(filter)
    const sums = backend.typedArrayFromHeap(result)
    const multiplier = geometry.outChannels / geometry.inChannels
    sums.fill(0)
    eachTap(geometry, (xOffset, dyOffset, filterOffset) => {
      for (let channel = 0, out = 0; channel < geometry.inChannels; channel++) {
        let sum = 0
        for (let q = 0; q < multiplier; q++, out++) sum += gradient[dyOffset + out]! * weights[filterOffset + out]!
        sums[xOffset + channel]! += sum
      }
    })
    return result
  },
}
