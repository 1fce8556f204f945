import type { TensorInfo } from '@tensorflow/tfjs'
import { input, type TrainingKernel } from './training-kernel.ts'

interface Attributes {
  transposeA: boolean
  transposeB: boolean
}

/**
 * The gradients of a dense layer multiply by a transpose. The shipped kernel then leaves the fast XNNPACK path
 * (about 30 times slower); transposing first and multiplying plainly stays on it.
 */
export const batchMatMul: TrainingKernel<Attributes> = {
  name: 'BatchMatMul',
  applies: ({ attrs }) => attrs.transposeA || attrs.transposeB,
  compute(call, ops, shipped) {
    const { attrs, backend } = call
    const temporary: TensorInfo[] = []
    const swapped = (tensor: TensorInfo): TensorInfo => {
      const axes = [...tensor.shape.keys()]
      axes.push(...axes.splice(-2).reverse())
      const result = ops.transpose(tensor, axes)
      temporary.push(result)
      return result
    }
    const a = attrs.transposeA ? swapped(input(call, 'a')) : input(call, 'a')
    const b = attrs.transposeB ? swapped(input(call, 'b')) : input(call, 'b')
    const result = shipped!({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } })
    ops.free(...temporary)
    return result
  },
}
