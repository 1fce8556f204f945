import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs'

/** A loss computed from logits. Targets are float32 [batch, outputs], one-hot or soft; logits are [batch, outputs]. */
export interface LabLoss {
  readonly kind: string
  /** What an untrained model with all logits equal to 0 has, on any targets that sum to 1 per example: log C for softmax, log 2 for sigmoid. */
  initialLoss(classes: number): number
  /** Mean over the batch. */
  mean(targets: Tensor2D, logits: Tensor2D): Scalar
  perExample(targets: Tensor2D, logits: Tensor2D): Tensor1D
}
