import type { LayersModel } from '@tensorflow/tfjs'

/** What a model is built for. */
export interface BuildContext {
  /** Shape of one example: `[features]`, or `[height, width, channels]` for images. */
  inputShape: number[]
  /** Number of logits. */
  outputs: number
  /** Every layer draws its initial weights from this seed and its own name: adding a norm or a dropout leaves the others as they were. */
  initSeed: number
  /** Every dropout layer draws its masks from this seed, its own name and the step. */
  dropoutSeed: number
}

/** A model of the lab, its layers named `hidden1`, `stage1-block2-conv1`, … and its output the logits: no softmax. */
export interface LabModel {
  readonly model: LayersModel
  /** Name of the last dense layer, the one transfer learning replaces. */
  readonly head: string
  /** Stable names of the weights by variable name: TensorFlow.js calls the second `hidden1/kernel` of a process `hidden1/kernel_1`. */
  readonly weightNames: ReadonlyMap<string, string>
  /** Call before every training step: dropout masks are a pure function of (seed, layer, step), so a resumed run draws the same ones. */
  setStep(step: number): void
  /** Frees the weights. */
  dispose(): void
}
