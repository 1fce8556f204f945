import { layers, type PublishedRule, trainAccuracy, trainLoss, valAccuracy } from './published-rule.ts'

const tool = 'AutoTrainer'
/** Most checks begin after this share of the epochs, and ignore what they see while the accuracy is fine. */
const FROM = 0.3
const FINE = 0.6

const late = <Value>(values: readonly Value[]) => values.slice(Math.floor(FROM * values.length))
const isFine = (accuracies: readonly number[]) => Math.max(0, ...accuracies) >= FINE

/** `shiningrain/AUTOTRAINER:AutoTrainer/utils/monitor.py`; an evaluation stands for an epoch. Its dying-ReLU check needs whole gradients. */
export const AUTOTRAINER: PublishedRule[] = [
  {
    tool,
    name: 'vanish (G < 1e-3 and first < 1e-4)',
    aims: ['D10'],
    fires: (run) => {
      const kernels = layers(run, 'gradient-norm')
      const last = kernels.at(-1)?.values ?? []
      return late(kernels[0]?.values ?? []).some(
        (first, index, all) => first < 1e-4 && first / (late(last)[all.length === late(last).length ? index : 0] ?? 1) < 1e-3,
      )
    },
  },
  {
    tool,
    name: 'explode (G > 70 or NaN)',
    aims: ['D01', 'D11'],
    fires: (run) => {
      const kernels = layers(run, 'gradient-norm')
      const last = kernels.at(-1)?.values ?? []
      return (
        kernels.some(({ values }) => values.some(Number.isNaN)) || (kernels[0]?.values ?? []).some((first, index) => first / (last[index] ?? 1) > 70)
      )
    },
  },
  { tool, name: 'loss NaN, infinite or ≥ 1e3', aims: ['D01', 'D02'], fires: (run) => trainLoss(run).some((one) => !(one < 1e3)) },
  {
    tool,
    name: 'oscillation (≥ 20 % of epochs by ≥ 0.03)',
    aims: ['D27'],
    fires: (run) => {
      const accuracy = late(trainAccuracy(run))
      if (isFine(accuracy)) return false
      const swings = accuracy.filter((one, index) => {
        const near = accuracy.slice(Math.max(0, index - 1), index + 2)
        return near.length === 3 && (one === Math.max(...near) || one === Math.min(...near)) && Math.max(...near) - Math.min(...near) >= 0.03
      })
      return swings.length >= 0.2 * accuracy.length
    },
  },
  {
    tool,
    name: 'slow (best gain < 0.01)',
    aims: ['D07', 'D12', 'D14', 'D16'],
    fires: (run) => {
      const gains = (values: readonly number[]) => values.map((one, index) => (index === 0 ? 0 : one - (values[index - 1] as number)))
      const [train, val] = [trainAccuracy(run), valAccuracy(run)]
      return train.length > 1 && !isFine(train) && Math.max(...gains(train), ...gains(val)) < 0.01
    },
  },
  {
    tool,
    name: 'not converged (accuracy < 0.6)',
    aims: ['D14', 'D20', 'D28'],
    fires: (run) => trainAccuracy(run).length > 0 && !isFine(trainAccuracy(run)),
  },
  {
    tool,
    name: 'data (mean |activation| ≥ 10)',
    aims: ['D04'],
    fires: (run) => layers(run, 'activation-mean').some(({ values }) => values.some((one) => Math.abs(one) >= 10)),
  },
]
