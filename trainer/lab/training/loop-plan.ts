/** What happens at which step, as a pure function of the step: a resumed run does the same things at the same steps. */
export interface LoopPlan {
  totalSteps: number
  stepsPerEpoch: number
  /** Whether the step (from 0) is the last before another multiple of `epochs` is reached. */
  reaches(step: number, epochs: number | null): boolean
  /** Step whose batch is also put through the network in inference mode: once an epoch, a full batch where there is one. */
  comparesModes(step: number): boolean
  /** Epochs done after this step. */
  epoch(step: number): number
}

export function loopPlan(stepsPerEpoch: number, { epochs, maxSteps }: { epochs: number; maxSteps: number | null }): LoopPlan {
  const wanted = Math.max(1, Math.round(epochs * stepsPerEpoch))
  const totalSteps = maxSteps === null ? wanted : Math.min(wanted, maxSteps)
  // The last batch of an epoch may be a small one.
  const compared = Math.max(0, Math.min(stepsPerEpoch, totalSteps) - 2)
  return {
    totalSteps,
    stepsPerEpoch,
    reaches: (step, every) => {
      if (every === null) return false
      const period = Math.max(1, every * stepsPerEpoch)
      return Math.floor((step + 1) / period + ROUNDING) > Math.floor(step / period + ROUNDING)
    },
    comparesModes: (step) => step % stepsPerEpoch === compared,
    epoch: (step) => (step + 1) / stepsPerEpoch,
  }
}

/** 3 × 0.1 epochs are 0.3 epochs. */
const ROUNDING = 1e-9
