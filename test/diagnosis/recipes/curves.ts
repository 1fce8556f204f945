import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import type { Measured, Recipe } from '../generator/recipe.ts'
import type { Trained } from '../measure/trained.ts'
import { all, changeBatches, changeRate, noisyLabels, relabel } from './changes.ts'
import { blobs, hidden, manyBlobs, overlapping, someData, sound } from './networks.ts'

/** The same run with other parts of its config. */
const other = (trained: Trained, config: Partial<LabConfig>) => trained.twin({ ...trained.plan, config: { ...trained.plan.config, ...config } })

const withRate = (config: LabConfig, factor: number) =>
  ({ ...config.optimizer, lr: (config.optimizer?.lr ?? 0) * factor }) as NonNullable<LabConfig['optimizer']>

const tooLow = async (trained: Trained) => {
  const { first, last, plan } = trained
  const higher = await other(trained, { optimizer: withRate(plan.config, 3000) })
  return {
    shown: last.train.loss > 0.96 * first.train.loss && higher.train.loss < 0.8 * first.train.loss,
    figures: { first: first.train.loss, last: last.train.loss, lastOfHigherRate: higher.train.loss },
  }
}

const RATE_TOO_LOW: Recipe[] = (
  [
    ['sgd', 1e-6, 1e-5],
    ['momentum', 1e-7, 1e-6],
    ['adam', 2e-7, 1e-6],
  ] as const
).map(([kind, low, high]) => ({
  kind: 'D07',
  name: kind,
  also: ['D12', 'D14', 'D20'],
  plan: (vary) => ({ config: sound(vary, { optimizer: { kind, lr: vary.scale(low, high) }, steps: vary.whole(250, 450) }) }),
  measure: tooLow,
}))

/** Steps at which a recipe itself has put a bad batch in. */
const spikesAt = (every: number, from: number) => (step: number) => step >= from && step % every === 0

const jumps =
  (every: number, from: number) =>
  ({ log }: Trained): Measured => {
    const { value } = log.series['train/loss'] ?? { value: [] }
    const sizes: number[] = []
    for (let step = from; step < value.length; step++) {
      if (!spikesAt(every, from)(step)) continue
      const before = value.slice(step - 15, step).sort((a, b) => a - b)
      sizes.push((value[step] as number) / Math.max(1e-3, before[7] ?? Number.NaN))
    }
    const large = sizes.filter((size) => size > 3)
    return { shown: large.length >= 4 && large.length > 0.7 * sizes.length, figures: { bad: sizes.length, large: large.length } }
  }

const SPIKES: Recipe[] = [
  {
    kind: 'D15',
    name: 'outlier-batches',
    also: ['D02', 'D06', 'D11', 'D27', 'D04', 'D16'],
    plan: (vary) => {
      const factor = vary.scale(20, 100)
      return {
        config: sound(vary, {
          data: blobs(vary),
          optimizer: { kind: vary.pick(['adam', 'sgd']), lr: vary.scale(2e-3, 8e-3), clip: { norm: 1 } },
          steps: vary.whole(500, 700),
        }),
        prepare: changeBatches(({ inputs }, step) => {
          if (spikesAt(60, 120)(step)) for (let i = 0; i < inputs.length; i++) inputs[i] = (inputs[i] as number) * -factor
        }),
      }
    },
    measure: jumps(60, 120),
  },
  {
    kind: 'D15',
    name: 'batches-with-wrong-labels',
    also: ['D02', 'D06', 'D11', 'D27', 'D16'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { ...blobs(vary), separation: 1.8 } as never,
        optimizer: { kind: 'adam', lr: vary.scale(2e-3, 6e-3) },
        steps: vary.whole(500, 700),
      }),
      prepare: changeBatches(({ targets, n }, step) => {
        if (!spikesAt(80, 160)(step)) return
        const width = targets.length / n
        for (let row = 0; row < n; row++) {
          const own = targets.subarray(row * width, (row + 1) * width)
          const label = own.indexOf(1)
          own.fill(0)
          own[(label + 1) % width] = 1
        }
      }),
    }),
    measure: jumps(80, 160),
  },
]

const plateau = async (trained: Trained) => {
  const { plan, looks, last } = trained
  const decayed = await trained.twin({
    ...plan,
    prepare: async (session) => {
      await plan.prepare?.(session)
      changeRate((rate, step, total) => (step > 0.7 * total ? rate * 0.1 : rate))(session)
    },
  })
  const late = looks.slice(7).map(({ train }) => train.loss)
  return {
    shown: decayed.train.loss < 0.88 * last.train.loss && Math.min(...late) > 0.5 * (late[0] ?? 0),
    figures: { loss: last.train.loss, lossWithDecay: decayed.train.loss },
  }
}

const PLATEAU: Recipe[] = [
  {
    kind: 'D16',
    name: 'constant-high-rate',
    also: ['D06', 'D18', 'D27', 'D20', 'D15', 'D08', 'D19'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([someData, manyBlobs])(vary),
        optimizer: { kind: vary.pick(['sgd', 'momentum', 'adam']), lr: 0 },
        train: { batchSize: vary.pick([8, 16]) },
        steps: vary.whole(700, 900),
        ...{},
      }),
      prepare: relabel(noisyLabels(vary.uniform(0.1, 0.3), vary)),
    }),
    measure: plateau,
  },
]
for (const one of PLATEAU) {
  const { plan } = one
  one.plan = (vary) => {
    const made = plan(vary)
    const kind = made.config.optimizer?.kind ?? 'sgd'
    const lr = vary.scale(...({ sgd: [0.4, 0.8], momentum: [0.06, 0.15], adam: [0.015, 0.04] }[kind as 'sgd'] as [number, number]))
    return { ...made, config: { ...made.config, optimizer: { kind, lr } as never } }
  }
}

const decayedTooEarly = async (trained: Trained) => {
  const constant = await other(trained, { schedule: { kind: 'constant' } })
  const { last } = trained
  return {
    shown: constant.train.loss < 0.8 * last.train.loss && constant.train.accuracy > last.train.accuracy + 0.02,
    figures: { loss: last.train.loss, lossAtConstantRate: constant.train.loss },
  }
}

const DECAYED_EARLY: Recipe[] = [
  {
    kind: 'D17',
    name: 'step-decay',
    also: ['D16', 'D20', 'D07', 'D18'],
    plan: (vary) => {
      const config = sound(vary, {
        data: vary.pick([overlapping, manyBlobs])(vary),
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: 0.01 },
        train: { batchSize: 32 },
        steps: vary.whole(600, 900),
      })
      const factor = vary.pick([0.01, 0.03, 0.05])
      const at = vary.uniform(0.05, 0.12)
      const sgd = config.optimizer?.kind === 'sgd'
      return {
        config: {
          ...config,
          optimizer: { kind: sgd ? 'sgd' : 'momentum', lr: vary.scale(...((sgd ? [0.03, 0.08] : [4e-3, 1e-2]) as [number, number])) },
          schedule: { kind: 'step', factor, milestones: [(at * (config.train?.maxSteps ?? 1) * 32) / 900] },
        },
      }
    },
    measure: decayedTooEarly,
  },
  {
    kind: 'D17',
    name: 'two-step-decay',
    also: ['D16', 'D20', 'D07', 'D18'],
    plan: (vary) => {
      const at = vary.uniform(0.06, 0.12)
      return {
        config: sound(vary, {
          data: manyBlobs(vary),
          optimizer: { kind: 'adam', lr: vary.scale(6e-4, 1.5e-3) },
          train: { batchSize: 32 },
          steps: vary.whole(600, 900),
        }),
        prepare: changeRate((rate, step, total) => rate * (step > at * total ? 0.03 : 1) * (step > 0.6 * total ? 0.1 : 1)),
      }
    },
    measure: async (trained) => {
      const constant = await trained.twin({ config: trained.plan.config })
      const { last } = trained
      return { shown: constant.train.loss < 0.75 * last.train.loss, figures: { loss: last.train.loss, lossAtConstantRate: constant.train.loss } }
    },
  },
]

const STILL_IMPROVING: Recipe[] = [
  {
    kind: 'D18',
    name: 'stopped-too-soon',
    also: ['D20', 'D07', 'D12'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { kind: 'gaussian-blobs', examples: 2400, classes: 10, features: vary.whole(16, 32), separation: vary.uniform(0.6, 0.8) },
        model: { kind: 'mlp', hidden: hidden(vary) },
        optimizer: { kind: vary.pick(['adam', 'adamw']), lr: vary.scale(2e-4, 5e-4) },
        steps: vary.whole(200, 350),
        evaluations: 20,
      }),
    }),
    measure: async (trained) => {
      const { train } = trained.plan.config
      const longer = await other(trained, { train: { ...train, maxSteps: 2 * (train?.maxSteps ?? 0) } })
      return {
        shown: longer.val.accuracy > trained.last.val.accuracy + 0.015,
        figures: { accuracy: trained.last.val.accuracy, accuracyAfterTwice: longer.val.accuracy },
      }
    },
  },
  {
    kind: 'D18',
    name: 'slow-spirals',
    also: ['D20', 'D07', 'D12', 'D16'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { kind: 'spirals', examples: 2000, classes: 3, turns: vary.uniform(0.6, 0.9), noise: 0.15 },
        model: { kind: 'mlp', hidden: [48, 48] },
        optimizer: { kind: vary.pick(['adam', 'momentum']), lr: vary.scale(8e-4, 2e-3) },
        steps: vary.whole(250, 450),
        evaluations: 20,
      }),
    }),
    measure: async (trained) => {
      const { train } = trained.plan.config
      const longer = await other(trained, { train: { ...train, maxSteps: 2 * (train?.maxSteps ?? 0) } })
      return {
        shown: longer.val.accuracy > trained.last.val.accuracy + 0.015,
        figures: { accuracy: trained.last.val.accuracy, accuracyAfterTwice: longer.val.accuracy },
      }
    },
  },
]

const noisy = ({ looks, log }: Trained) => {
  const late = (log.series['val/loss']?.value ?? []).slice(-12)
  const mean = late.reduce((sum, one) => sum + one, 0) / late.length
  const spread = Math.sqrt(late.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (late.length - 1))
  const half = late.length / 2
  const gain = late.slice(0, half).reduce((sum, one) => sum + one, 0) / half - late.slice(half).reduce((sum, one) => sum + one, 0) / half
  const lowest = Math.min(...looks.map(({ val }) => val.loss))
  return { shown: spread > 0.08 * mean && spread > 1.2 * Math.abs(gain), figures: { mean, spread, gain, lowest } }
}

const NOISY: Recipe[] = (
  [
    ['tiny-batches', 'sgd', 0.12, 0.3, 2],
    ['tiny-batches-of-momentum', 'momentum', 0.03, 0.08, 2],
  ] as const
).map(([name, kind, low, high, batchSize]) => ({
  kind: 'D27',
  name,
  also: ['D06', 'D08', 'D11', 'D15', 'D16', 'D18', 'D19', 'D20', 'D02', 'D22'],
  plan: (vary) => ({
    config: sound(vary, {
      data: vary.pick([manyBlobs, someData])(vary),
      optimizer: { kind, lr: vary.scale(low, high) },
      train: { batchSize },
      steps: vary.whole(900, 1200),
      evaluations: 36,
    }),
    prepare: all(relabel(noisyLabels(vary.uniform(0.1, 0.25), vary))),
  }),
  measure: noisy,
}))

export const CURVES: Recipe[] = [...RATE_TOO_LOW, ...SPIKES, ...PLATEAU, ...DECAYED_EARLY, ...STILL_IMPROVING, ...NOISY]
