/** `lossboard/tfjs`: loads TensorFlow.js with the best engine present, and logs what training does to a model. */
export { type FitCallbackOptions, fitCallbacks } from './fit-callbacks.ts'
export { installTrainingKernels } from './kernels/install-training-kernels.ts'
export { learningRate } from './learning-rate.ts'
export { type LoadedTf, loadTf, TF_ENGINES, type TfEngine } from './load-tf.ts'
export type { LoggingRun } from './logging-run.ts'
export type { Tf } from './tf.ts'
export { type WatchHandle, watch, watchOptimizer } from './watch.ts'
export type { WatchOptions } from './watch-options.ts'
