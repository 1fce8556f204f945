import type { TrainingKernel } from './training-kernel.ts'

/**
 * Kernels of the wasm package 4.22.0 that compute wrong numbers without saying so, checked against numerical differentiation
 * and the cpu backend. Better no answer than that one.
 */
const WRONG: Record<string, string> = {
  Conv3DBackpropInputV2: 'the gradient of conv3d',
  MaxPool3D: 'maxPool3d of windows without a positive number',
  MaxPool3DGrad: 'the gradient of maxPool3d',
  Dilation2D: 'dilation2d',
  Dilation2DBackpropInput: 'the gradient of dilation2d',
  Dilation2DBackpropFilter: 'the gradient of dilation2d',
}

export const refusedKernels: readonly TrainingKernel[] = Object.entries(WRONG).map(([name, what]) => ({
  name,
  compute() {
    throw new Error(
      `${name}: the wasm backend of TensorFlow.js 4.22.0 computes ${what} wrongly, so Lossboard's training kernels refuse it. Use loadTf({ prefer: 'tfjs-node' }) or 'cpu' for this model.`,
    )
  },
}))
