/** What is known of a run besides its series. All optional: a rule that needs a fact it does not have says so. */
export interface RunFacts {
  /** Number of classes that exclude each other, or of outputs of a multi-label model. */
  classes?: number
  /** Training examples per class. */
  classCounts?: readonly number[]
  /** Loss function in the words of its library, for example `softmax-cross-entropy`, `mse`. */
  loss?: string
  /** Loss of an untrained network, where the trainer says so; otherwise read off `classes` and `loss`. */
  expectedInitialLoss?: number
  /** Loss before the first update. */
  initialLoss?: number
  batchSize?: number
  trainExamples?: number
  validationExamples?: number
  /** Planned length of the training, in the steps of its series. */
  totalSteps?: number
  totalEpochs?: number
  stepsPerEpoch?: number
  /** Accuracy that is expected to be reachable, 0 to 1. */
  targetAccuracy?: number
  /** Layers by name: frozen ones, and sizes for rules that leave tiny kernels out. */
  layers?: readonly LayerFact[]
  /** Whether the first weights came from an earlier training. */
  pretrained?: boolean
  /** Loss and accuracy of predictions by class on the validation split: counts[truth][prediction]. */
  confusion?: { step: number; counts: readonly (readonly number[])[]; classes: readonly string[] }
  /** Whether it is the check that a few examples can be learned by heart; seen by itself where there are at most 64. */
  smallSample?: boolean
  /** Whether an agent learns from rewards; seen by itself from names such as `rollout/ep_rew_mean`. */
  reinforcement?: boolean
  /** Whether points are still coming: only such a run can stall. */
  state?: 'running' | 'ended'
}

export interface LayerFact {
  name: string
  type: string
  trainable: boolean
  /** Elements of its kernel, the largest weight of two or more dimensions; null without one. */
  kernelSize: number | null
  /** Units or channels: the last axis of its output, where the shape is known. */
  units: number | null
}
