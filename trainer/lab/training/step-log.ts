import type { Run } from '../../run.ts'
import { inputStatistics } from '../data/input-statistics.ts'
import type { LabSession } from './lab-session.ts'
import type { StepResult } from './training-step.ts'

export interface StepLog {
  log(step: number, result: StepResult): void
}

/** Logs what every step yields. Gradient norms, update ratios and activations are logged by the probes. */
export function makeStepLog({ plan, optimizer, config }: LabSession, run: Run): StepLog {
  const clips = config.optimizer.clip !== null
  const every = config.probes === false ? false : config.probes.gradients
  return {
    log(step, { loss, penalty, accuracy, inferenceLoss, inputs }) {
      const values: Record<string, number> = { 'train/loss': loss, 'train/accuracy': accuracy, lr: optimizer.learningRate, epoch: plan.epoch(step) }
      if (penalty !== null) {
        values['train/penalty'] = penalty
        // Of λ/2·Σw² the gradient is λ·w: its norm follows from the penalty.
        values['train/penalty-gradient-norm'] = Math.sqrt(2 * config.optimizer.weightDecay * penalty)
      }
      if (clips) values.clipped = optimizer.clipped ? 1 : 0
      // Where the watcher has logged it at this step, it is there.
      const norm = every !== false && step % every === 0 ? null : optimizer.gradientNorm
      if (norm !== null) values['gradient-norm/global'] = norm
      if (inferenceLoss !== null) {
        values['same-batch/training-mode-loss'] = loss
        values['same-batch/inference-mode-loss'] = inferenceLoss
      }
      if (every !== false && step % every === 0) Object.assign(values, inputMetrics(inputs))
      run.log(values, step)
    },
  }
}

/** Of one batch as the network gets it, all features together. */
function inputMetrics(inputs: Float32Array): Record<string, number> {
  const { mean, std, min, max, notFinite } = inputStatistics(inputs, 1)
  const values = { mean, std, min, max, 'not-finite': notFinite }
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[`input/${name}`, value]])))
}
