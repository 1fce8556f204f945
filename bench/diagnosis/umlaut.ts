import { lossesAtEvaluations, type PublishedRule, series, trainAccuracy, trainLoss, valAccuracy } from './published-rule.ts'

const tool = 'UMLAUT'

/** The heuristics that need no source code (`BerkeleyHCI/umlaut:umlaut/heuristics.py`); an evaluation stands for an epoch. */
export const UMLAUT: PublishedRule[] = [
  {
    tool,
    name: 'inputs outside [−1, 1]',
    aims: ['D04'],
    fires: (run) => series(run, 'input/max').value.some((one) => one > 1) || series(run, 'input/min').value.some((one) => one < -1),
  },
  { tool, name: 'NaN in loss', aims: ['D01'], fires: (run) => trainLoss(run).some((one) => !Number.isFinite(one)) },
  { tool, name: 'learning rate > 0.01', aims: ['D06'], fires: (run) => series(run, 'lr').value.some((one) => one > 0.01) },
  { tool, name: 'learning rate < 1e-7', aims: ['D07'], fires: (run) => series(run, 'lr').value.some((one) => one < 1e-7) },
  {
    tool,
    name: 'overfitting (val ↑ and train ↓ in one epoch)',
    aims: ['D19'],
    fires: (run) =>
      lossesAtEvaluations(run).some((one, index, all) => {
        const before = all[index - 1]
        return before !== undefined && one.val > before.val && one.train < before.train
      }),
  },
  {
    tool,
    name: 'validation accuracy > 0.95',
    aims: ['D22'],
    fires: (run) =>
      valAccuracy(run)
        .slice(3)
        .some((one) => one > 0.95),
  },
  {
    tool,
    name: 'validation accuracy > training + 0.05',
    aims: ['D22'],
    fires: (run) => {
      const train = trainAccuracy(run)
      const val = valAccuracy(run)
      return train.length === val.length && val.slice(3).some((one, index) => one > (train[index + 3] as number) + 0.05)
    },
  },
]
