import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../tf.ts'
import { batchMatMul } from './batch-mat-mul.ts'
import { conv2dBackpropFilter } from './conv2d-backprop-filter.ts'
import { conv2dBackpropInput } from './conv2d-backprop-input.ts'
import { depthwiseBackpropFilter } from './depthwise-backprop-filter.ts'
import { depthwiseBackpropInput } from './depthwise-backprop-input.ts'
import { identity } from './identity.ts'
import { maxPoolGrad } from './max-pool-grad.ts'
import { refusedKernels } from './refused-kernels.ts'
import { tile } from './tile.ts'
import type { KernelCall, ShippedKernel, TrainingKernel } from './training-kernel.ts'
import { unsortedSegmentSum } from './unsorted-segment-sum.ts'
import { WasmOps } from './wasm-ops.ts'

const KERNELS = [
  identity,
  batchMatMul,
  tile,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  unsortedSegmentSum,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  ...refusedKernels,
] as readonly TrainingKernel<never>[]

/** On the function itself, so that two loaded copies of this library see each other's work. */
const INSTALLED = Symbol.for('lossboard.training-kernel')

/**
 * Makes TensorFlow.js's wasm backend able to train convolutions, depthwise convolutions and embeddings, right at max pooling (its own
 * gradient is wrong for windows without a positive number), and several times faster at what it could already do. Gradients equal the cpu backend's to float32 rounding. Calling it again changes nothing.
 *
 * Call it before the first op on wasm: optimizers and layers may stay as they are.
 * @throws LossboardError `missing_dependency` when the wasm backend has not been imported into this `tf`.
 */
export function installTrainingKernels(tf: Tf): void {
  if (!tf.getKernel('Conv2D', 'wasm'))
    throw new LossboardError(
      'missing_dependency',
      'the wasm backend is not registered in this TensorFlow.js: import "@tensorflow/tfjs-backend-wasm" before installTrainingKernels(tf)',
    )
  for (const kernel of KERNELS) install(tf, kernel as TrainingKernel<object>)
}

function install(tf: Tf, kernel: TrainingKernel<object>): void {
  const existing = tf.getKernel(kernel.name, 'wasm')
  if (existing && INSTALLED in existing.kernelFunc) return
  const shipped = existing?.kernelFunc as ShippedKernel | undefined
  // One set of ops per backend object: a test or a page may remove the backend and register a new one.
  const opsOf = new WeakMap<BackendWasm, WasmOps>()
  const compute = (call: KernelCall<object>): TensorInfo => {
    if (shipped && kernel.applies?.(call) === false) return shipped(call)
    let ops = opsOf.get(call.backend)
    if (!ops) {
      ops = new WasmOps(tf, call.backend)
      opsOf.set(call.backend, ops)
    }
    return kernel.compute(call, ops, shipped)
  }
  Object.defineProperty(compute, INSTALLED, { value: true })
  if (existing) tf.unregisterKernel(kernel.name, 'wasm')
  tf.registerKernel({
    ...existing,
    kernelName: kernel.name,
    backendName: 'wasm',
    kernelFunc: compute as unknown as KernelConfig['kernelFunc'],
  })
}
