import { kernelSizes, layers, lossesAtEvaluations, type PublishedRule, series, trainLoss, valAccuracy } from './published-rule.ts'

const tool = 'SageMaker Debugger'
const isBad = (value: number) => !Number.isFinite(value)
/** Mean |g| of a normal distribution with this L2 norm over `size` elements. */
const meanAbsolute = (norm: number, size: number) => norm * Math.sqrt(2 / Math.PI / Math.max(1, size))

/** The built-in rules and their defaults (amazon-sagemaker-developer-guide, `debugger-built-in-rules.md`), on every point that is logged. */
export const SAGEMAKER: PublishedRule[] = [
  {
    tool,
    name: 'VanishingGradient (mean |g| < 1e-7)',
    aims: ['D10'],
    fires: (run) => {
      const sizes = kernelSizes(run)
      return layers(run, 'gradient-norm').some(({ layer, values }) => values.some((norm) => meanAbsolute(norm, sizes.get(layer) ?? 1) < 1e-7))
    },
  },
  {
    tool,
    name: 'ExplodingTensor (any NaN or infinity)',
    aims: ['D01'],
    fires: (run) => Object.values(run.series).some(({ value }) => value.some(isBad)),
  },
  {
    tool,
    name: 'DeadRelu (> 50 % of a layer)',
    aims: ['D08'],
    fires: (run) => layers(run, 'dead-fraction').some(({ values }) => values.some((one) => one > 0.5)),
  },
  {
    tool,
    name: 'SaturatedActivation (> 50 % of a layer)',
    aims: ['D09'],
    fires: (run) => layers(run, 'saturated-units').some(({ values }) => values.some((one) => one > 0.5)),
  },
  {
    tool,
    name: 'WeightUpdateRatio (> 10 or < 1e-8)',
    aims: ['D05', 'D06', 'D07'],
    fires: (run) => layers(run, 'update-ratio').some(({ values }) => values.some((one) => one > 10 || one < 1e-8)),
  },
  {
    tool,
    name: 'LossNotDecreasing (10 points)',
    aims: ['D12', 'D14', 'D16'],
    fires: (run) => {
      const loss = trainLoss(run)
      return loss.some((one, index) => index >= 10 && one >= (loss[index - 10] as number))
    },
  },
  {
    tool,
    name: 'Overfit ((val − train)/train > 0.1)',
    aims: ['D19'],
    fires: (run) => lossesAtEvaluations(run).some(({ train, val }) => (val - train) / train > 0.1),
  },
  {
    tool,
    name: 'Overtraining (patience 10, delta 0.1)',
    aims: ['D16', 'D19'],
    fires: (run) => {
      let best = Number.POSITIVE_INFINITY
      let waited = 0
      return lossesAtEvaluations(run).some(({ val }) => {
        waited = val < best - 0.1 ? 0 : waited + 1
        best = Math.min(best, val)
        return waited > 10
      })
    },
  },
  {
    tool,
    name: 'UnchangedTensor (3 points)',
    aims: ['D05'],
    fires: (run) =>
      layers(run, 'update-ratio').some(({ values }) => values.some((_, at) => at >= 2 && values.slice(at - 2, at + 1).every((one) => one < 1e-8))),
  },
  {
    tool,
    name: 'ClassImbalance (> 10)',
    aims: ['D23'],
    fires: ({ records }) => {
      const data = records.find(({ name }) => name === 'training')?.payload as { data?: { classCounts?: number[] } } | undefined
      const counts = data?.data?.classCounts ?? []
      return counts.length > 0 && Math.max(...counts) > 10 * Math.min(...counts)
    },
  },
  {
    tool,
    name: 'Confusion (diagonal < 0.9)',
    aims: ['D20', 'D22'],
    fires: (run) => valAccuracy(run).length > 0 && (valAccuracy(run).at(-1) as number) < 0.9,
  },
  {
    tool,
    name: 'CheckInputImages (|mean| > 0.2)',
    aims: ['D04'],
    fires: (run) => series(run, 'input/mean').value.some((one) => Math.abs(one) > 0.2),
  },
  {
    tool,
    name: 'StalledTraining (1,800 s)',
    aims: ['D26'],
    fires: (run) => run.status === 'running' && run.now - Math.max(0, ...Object.values(run.series).map(({ wall }) => wall.at(-1) ?? 0)) > 1_800_000,
  },
]
