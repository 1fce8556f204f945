import type { TensorInfo } from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Tf } from '../tf.ts'

type Padding = [top: number, bottom: number, left: number, right: number]

/** The shipped wasm kernels our own are composed of. Every result is a new buffer that the caller must `free` or return. */
export class WasmOps {
  constructor(
    readonly tf: Tf,
    private readonly backend: BackendWasm,
  ) {}

  /** The same buffer under another shape of equal size; owns nothing. */
  view(tensor: TensorInfo, shape: number[]): TensorInfo {
    return { dataId: tensor.dataId, shape, dtype: tensor.dtype }
  }

  transpose(x: TensorInfo, perm: number[]): TensorInfo {
    return this.run('Transpose', { x }, { perm })
  }

  reverse(x: TensorInfo, dims: number[]): TensorInfo {
    return this.run('Reverse', { x }, { dims })
  }

  slice(x: TensorInfo, begin: number[], size: number[]): TensorInfo {
    return this.run('Slice', { x }, { begin, size })
  }

  pad(x: TensorInfo, paddings: [number, number][]): TensorInfo {
    return this.run('PadV2', { x }, { paddings, constantValue: 0 })
  }

  matMul(a: TensorInfo, b: TensorInfo, transposeA: boolean): TensorInfo {
    return this.run('BatchMatMul', { a, b }, { transposeA, transposeB: false })
  }

  /** NHWC convolution of stride 1 with explicit padding. */
  conv2d(x: TensorInfo, filter: TensorInfo, [top, bottom, left, right]: Padding, dilations: [number, number]): TensorInfo {
    return this.run(
      'Conv2D',
      { x, filter },
      {
        strides: [1, 1],
        pad: [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
        dataFormat: 'NHWC',
        dilations,
        dimRoundingMode: 'floor',
      },
    )
  }

  free(...tensors: TensorInfo[]): void {
    for (const tensor of tensors) this.backend.disposeData(tensor.dataId)
  }

  private run(name: string, inputs: Record<string, TensorInfo>, attrs: Record<string, unknown>): TensorInfo {
    const kernel = this.tf.getKernel(name, 'wasm')
    if (!kernel) throw new Error(`the wasm backend has no kernel ${name}`)
    return kernel.kernelFunc({ inputs, attrs: attrs as never, backend: this.backend }) as TensorInfo
  }
}
