import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { WasmOps } from './wasm-ops.ts'

/** One invocation of a kernel; `Attributes` are the ones its op passes. */
export interface KernelCall<Attributes = NamedAttrMap> {
  inputs: Record<string, TensorInfo>
  attrs: Attributes
  backend: BackendWasm
}

/** The kernel the wasm package itself ships for the same op. */
export type ShippedKernel = (call: KernelCall<object>) => TensorInfo

/** A kernel of ours: one op, one file, one line in `install-training-kernels.ts`. */
export interface TrainingKernel<Attributes = NamedAttrMap> {
  readonly name: NonNullable<KernelConfig['kernelName']>
  /** Calls it is for; others go to the shipped kernel. Absent: all calls. */
  applies?(call: KernelCall<Attributes>): boolean
  /** `shipped` is absent only for ops the wasm package lacks altogether. */
  compute(call: KernelCall<Attributes>, ops: WasmOps, shipped: ShippedKernel | undefined): TensorInfo
}

/** Attributes of the convolution gradients. */
export interface ConvAttributes {
  strides: [number, number] | number
  pad: 'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]]
  dimRoundingMode?: 'floor' | 'round' | 'ceil'
  dataFormat?: 'NHWC' | 'NCHW'
  dilations?: [number, number] | number
}

/** An input by name; tfjs guarantees it is there. */
export function input(call: { inputs: Record<string, TensorInfo> }, name: string): TensorInfo {
  const tensor = call.inputs[name]
  if (tensor === undefined) throw new Error(`kernel input ${name} is missing`)
  return tensor
}
