import { depthwiseGeometry, eachTap } from './depthwise-geometry.ts'
import { type ConvAttributes, input, type TrainingKernel } from './training-kernel.ts'

interface Attributes extends ConvAttributes {
  filterShape: [number, number, number, number]
}

/** Gradient of a depthwise convolution by its filter, which the wasm package lacks. A plain loop, summed in double precision. */
export const depthwiseBackpropFilter: TrainingKernel<Attributes> = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  compute(call, ops) {
    const x = input(call, 'x')
    const dy = input(call, 'dy')
    const { backend, attrs } = call
    const geometry = depthwiseGeometry(ops.tf, x.shape as [number, number, number, number], attrs.filterShape, attrs)
    const result = backend.makeOutput(attrs.filterShape, 'float32')
    const pixels = backend.typedArrayFromHeap(x)
    const gradient = backend.typedArrayFromHeap(dy)
    const multiplier = geometry.outChannels / geometry.inChannels
    const sums = new Float64Array(attrs.filterShape.reduce((product, length) => product * length, 1))
    eachTap(geometry, (xOffset, dyOffset, filterOffset) => {
      for (let channel = 0, out = 0; channel < geometry.inChannels; channel++) {
        const pixel = pixels[xOffset + channel]!
        for (let q = 0; q < multiplier; q++, out++) sums[filterOffset + out]! += pixel * gradient[dyOffset + out]!
      }
    })
    backend.typedArrayFromHeap(result).set(sums)
    return result
  },
}
