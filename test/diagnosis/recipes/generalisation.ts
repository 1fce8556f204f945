import type { Tensor } from '@tensorflow/tfjs'
import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import { setWeight } from '../../../trainer/lab/models/named-weights.ts'
import type { Recipe } from '../generator/recipe.ts'
import { l2 } from '../measure/inside.ts'
import type { Trained } from '../measure/trained.ts'
import { changeUpdates, noisyLabels, relabel, shuffledLabels } from './changes.ts'
import { blobs, manyBlobs, someData, sound } from './networks.ts'

const other = (trained: Trained, config: Partial<LabConfig>) => trained.twin({ ...trained.plan, config: { ...trained.plan.config, ...config } })

const overfitted = ({ looks, last }: Trained) => {
  const losses = looks.map(({ val }) => val.loss)
  const lowest = Math.min(...losses)
  const at = losses.indexOf(lowest)
  const trainAt = looks[at]?.train.loss ?? 0
  return {
    shown: at < looks.length - 3 && last.val.loss > 1.08 * lowest && last.train.loss < trainAt,
    figures: { lowest, last: last.val.loss, trainAtLowest: trainAt, train: last.train.loss },
  }
}

const few = (vary: Parameters<Recipe['plan']>[0], data: LabConfig['data']) =>
  ({ ...data, limit: { train: vary.whole(60, 200) } }) as LabConfig['data']

const OVERFITTING: Recipe[] = [
  {
    kind: 'D19',
    name: 'few-examples',
    also: ['D27'],
    plan: (vary) => ({
      config: sound(vary, {
        data: few(vary, { ...manyBlobs(vary), separation: vary.uniform(0.35, 0.55) } as never),
        model: { kind: 'mlp', hidden: vary.pick([[128, 64], [96], [64, 64, 64]]) },
        optimizer: { kind: vary.pick(['adam', 'adamw']), lr: vary.scale(2e-3, 5e-3) },
        train: { batchSize: 32 },
        steps: vary.whole(400, 600),
        evaluations: 25,
      }),
    }),
    measure: overfitted,
  },
  {
    kind: 'D19',
    name: 'memorised-noise',
    also: ['D22', 'D27'],
    plan: (vary) => ({
      config: sound(vary, {
        data: few(vary, blobs(vary)),
        model: { kind: 'mlp', hidden: [96, 96] },
        optimizer: { kind: vary.pick(['adam', 'momentum']), lr: vary.scale(3e-3, 6e-3) },
        train: { batchSize: 16 },
        steps: vary.whole(500, 700),
        evaluations: 25,
      }),
      prepare: relabel(noisyLabels(vary.uniform(0.2, 0.4), vary)),
    }),
    measure: overfitted,
  },
  {
    kind: 'D19',
    name: 'many-features',
    also: ['D27'],
    plan: (vary) => ({
      config: sound(vary, {
        data: {
          kind: 'gaussian-blobs',
          examples: 600,
          classes: 4,
          features: vary.whole(60, 120),
          separation: vary.uniform(0.12, 0.2),
          limit: { train: vary.whole(150, 250) },
        },
        model: { kind: 'mlp', hidden: [48] },
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(0.05, 0.1) },
        train: { batchSize: 32 },
        steps: vary.whole(400, 600),
        evaluations: 25,
      }),
    }),
    measure: overfitted,
  },
]

const underfitted = (better: Partial<LabConfig>) => async (trained: Trained) => {
  const { last } = trained
  const twin = await other(trained, better)
  return {
    shown: last.train.accuracy < 0.85 && last.train.accuracy - last.val.accuracy < 0.05 && twin.train.accuracy > last.train.accuracy + 0.08,
    figures: { train: last.train.accuracy, val: last.val.accuracy, better: twin.train.accuracy },
  }
}

const UNDERFITTING: Recipe[] = [
  {
    kind: 'D20',
    name: 'too-narrow',
    also: ['D16', 'D08', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([manyBlobs, blobs])(vary),
        model: { kind: 'mlp', hidden: [vary.pick([1, 2])], activation: vary.pick(['relu', 'tanh']) },
        optimizer: { kind: 'adam', lr: 0.01 },
        steps: vary.whole(700, 1000),
        evaluations: 20,
      }),
    }),
    measure: underfitted({ model: { kind: 'mlp', hidden: [48] } }),
  },
  {
    kind: 'D20',
    name: 'linear-on-spirals',
    also: ['D16'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { kind: 'spirals', examples: 1200, classes: vary.whole(2, 4), turns: vary.uniform(0.6, 0.9), noise: 0.1 },
        model: { kind: 'linear' },
        optimizer: { kind: 'adam', lr: 0.01 },
        steps: vary.whole(500, 800),
        evaluations: 20,
      }),
    }),
    measure: underfitted({ model: { kind: 'mlp', hidden: [48, 48] } }),
  },
  {
    kind: 'D20',
    name: 'too-much-weight-decay',
    also: ['D14', 'D16', 'D24', 'D10', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([manyBlobs, blobs])(vary),
        optimizer: { kind: 'momentum', lr: 0.03, weightDecay: vary.uniform(0.25, 0.7) },
        steps: vary.whole(500, 800),
        evaluations: 20,
      }),
    }),
    measure: underfitted({ optimizer: { kind: 'momentum', lr: 0.03 } }),
  },
  {
    kind: 'D20',
    name: 'too-much-dropout',
    also: ['D16', 'D22'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([manyBlobs, someData])(vary),
        model: { kind: 'mlp', hidden: [16, 16, 16], dropout: vary.uniform(0.75, 0.9) },
        optimizer: { kind: 'adam', lr: 4e-3 },
        steps: vary.whole(600, 900),
        evaluations: 20,
      }),
    }),
    measure: underfitted({ model: { kind: 'mlp', hidden: [16, 16, 16] } }),
  },
]

const modesDiffer = ({ looks, last }: Trained) => {
  const differ = looks.slice(3).filter(({ train, trainModeLoss }) => train.loss - trainModeLoss > Math.max(0.5, 0.5 * trainModeLoss))
  return { shown: differ.length >= 4, figures: { looks: differ.length, inference: last.train.loss, training: last.trainModeLoss } }
}

const normed = (vary: Parameters<Recipe['plan']>[0], momentum = 0.9): LabConfig['model'] => ({
  kind: 'mlp',
  hidden: vary.pick([[32, 32], [48], [32, 32, 32]]),
  norm: { kind: 'batch', momentum },
})

const MODES: Recipe[] = [
  {
    kind: 'D21',
    name: 'statistics-not-updated',
    also: ['D22', 'D19', 'D23'],
    plan: (vary) => {
      const scale = vary.scale(8, 30)
      return {
        config: sound(vary, { model: normed(vary), preprocess: { kind: 'none' }, steps: vary.whole(450, 650) }),
        // The moving averages are put back after every update.
        prepare: (session) => {
          const kept = session.network.model.weights
            .filter(({ originalName }) => /moving/.test(originalName))
            .map((weight) => [weight, weight.read().dataSync<'float32'>().slice()] as const)
          for (const split of ['train', 'validation'] as const) {
            const { inputs } = session.dataset[split]
            for (let i = 0; i < inputs.length; i++) inputs[i] = (inputs[i] as number) * scale
          }
          changeUpdates((apply, gradients) => {
            apply(gradients)
            for (const [weight, values] of kept) setWeight(session.tf, weight, values)
          })(session)
        },
      }
    },
    measure: modesDiffer,
  },
  {
    kind: 'D21',
    name: 'averages-too-slow',
    also: ['D22', 'D19', 'D23'],
    plan: (vary) => {
      const scale = vary.scale(4, 12)
      return {
        config: sound(vary, { model: normed(vary, 0.9999), preprocess: { kind: 'none' }, steps: vary.whole(450, 650) }),
        prepare: (session) => {
          for (const split of ['train', 'validation'] as const) {
            const { inputs } = session.dataset[split]
            for (let i = 0; i < inputs.length; i++) inputs[i] = (inputs[i] as number) * scale
          }
        },
      }
    },
    measure: modesDiffer,
  },
  {
    kind: 'D21',
    name: 'inputs-unscaled-in-inference',
    also: ['D22', 'D19', 'D23'],
    plan: (vary) => {
      const factor = vary.scale(6, 30)
      return {
        config: sound(vary, { model: normed(vary), steps: vary.whole(450, 650) }),
        // The branch for inference has lost a division.
        prepare: ({ tf, network: { model } }) => {
          const apply = model.apply.bind(model)
          model.apply = (inputs, options) => apply(options?.training === true ? inputs : tf.mul(inputs as Tensor, factor), options)
        },
      }
    },
    measure: modesDiffer,
  },
]

const LABELS: Recipe[] = [
  {
    kind: 'D22',
    name: 'random-labels',
    also: ['D19', 'D23', 'D27'],
    plan: (vary) => ({
      config: sound(vary, {
        data: {
          kind: 'gaussian-blobs',
          examples: 800,
          classes: vary.whole(3, 6),
          features: vary.whole(16, 32),
          limit: { train: vary.whole(150, 300) },
        },
        model: { kind: 'mlp', hidden: [128, 64] },
        optimizer: { kind: 'adam', lr: vary.scale(3e-3, 8e-3) },
        train: { batchSize: 32 },
        steps: vary.whole(500, 700),
        evaluations: 20,
      }),
      prepare: relabel(shuffledLabels(vary)),
    }),
    measure: ({ last }) => ({
      shown:
        last.train.accuracy > 0.6 &&
        last.val.accuracy < last.val.majority + 2 * Math.sqrt((last.val.majority * (1 - last.val.majority)) / last.val.n),
      figures: { train: last.train.accuracy, val: last.val.accuracy, majority: last.val.majority },
    }),
  },
  {
    kind: 'D22',
    name: 'validation-labels-out-of-order',
    also: ['D19', 'D23'],
    plan: (vary) => ({ config: sound(vary, { data: blobs(vary), evaluations: 20 }), prepare: relabel(shuffledLabels(vary, ['validation'])) }),
    measure: ({ last }) => ({
      shown:
        last.train.accuracy > 0.6 &&
        last.val.accuracy < last.val.majority + 2.5 * Math.sqrt((last.val.majority * (1 - last.val.majority)) / last.val.n),
      figures: { train: last.train.accuracy, val: last.val.accuracy, majority: last.val.majority },
    }),
  },
  {
    kind: 'D22',
    name: 'easier-validation',
    also: ['D20', 'D16'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { ...blobs(vary), separation: vary.uniform(1.5, 2.5) } as never,
        model: { kind: 'mlp', hidden: [24] },
        steps: vary.whole(300, 500),
        evaluations: 20,
      }),
      prepare: relabel((labels, classes, split) => {
        if (split === 'train') noisyLabels(vary.uniform(0.2, 0.4), vary)(labels, classes, split)
      }),
    }),
    measure: ({ last }) => ({
      shown: last.val.accuracy > last.train.accuracy + 0.08,
      figures: { train: last.train.accuracy, val: last.val.accuracy },
    }),
  },
]

const oneClass = ({ last, session }: Trained) => {
  const lowest = Math.min(...last.val.recall.filter((one) => Number.isFinite(one)))
  const largest = Math.max(...last.val.predicted)
  const counts = session.batches.classCounts
  return { shown: largest > 0.95 || (Math.max(...counts) > 10 * Math.min(...counts) && lowest < 0.28), figures: { lowest, largest } }
}

const IMBALANCE: Recipe[] = [
  {
    kind: 'D23',
    name: 'rare-class',
    also: ['D16', 'D19'],
    plan: (vary) => {
      const rare = vary.scale(12, 30)
      const classes = vary.whole(2, 3)
      return {
        config: sound(vary, {
          data: {
            kind: 'gaussian-blobs',
            examples: 2000,
            classes,
            features: vary.whole(4, 8),
            separation: vary.uniform(0.3, 0.6),
            classShares: [rare, ...Array<number>(classes - 1).fill(1)],
          },
          optimizer: { kind: vary.pick(['sgd', 'adam']), lr: vary.pick([3e-3, 0.01]) },
          steps: vary.whole(300, 500),
          evaluations: 20,
        }),
      }
    },
    measure: oneClass,
  },
  {
    kind: 'D23',
    name: 'one-class-predicted',
    also: ['D14', 'D20', 'D08', 'D16'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { kind: 'two-moons', examples: 1600, noise: vary.uniform(0.5, 0.9), classShares: [vary.uniform(12, 25), 1] },
        steps: vary.whole(300, 500),
        evaluations: 20,
      }),
    }),
    measure: oneClass,
  },
]

const decayDominates = async (trained: Trained) => {
  const { last, insides, session, plan } = trained
  const { weightDecay } = session.config.optimizer
  const [before] = insides
  const pull = weightDecay * l2((before?.kernels ?? []).map((kernel) => kernel.weights))
  const free = await other(trained, { optimizer: { ...plan.config.optimizer, weightDecay: 0 } as NonNullable<LabConfig['optimizer']> })
  return {
    shown: free.train.loss < 0.6 * last.train.loss && last.train.loss > free.train.loss + 0.15 && pull > (before?.gradient ?? 0) * 0.5,
    figures: { loss: last.train.loss, lossWithout: free.train.loss, pull, gradient: before?.gradient ?? 0 },
  }
}

const REGULARISATION: Recipe[] = [
  {
    kind: 'D24',
    name: 'weight-decay',
    also: ['D14', 'D16', 'D20', 'D10', 'D23', 'D03'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([manyBlobs, blobs])(vary),
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(0.01, 0.05), weightDecay: vary.scale(0.1, 0.4) },
        steps: vary.whole(350, 500),
      }),
    }),
    measure: decayDominates,
  },
  {
    kind: 'D24',
    name: 'weight-decay-of-a-large-network',
    also: ['D14', 'D16', 'D20', 'D10', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        data: manyBlobs(vary),
        model: { kind: 'mlp', hidden: [96, 64] },
        optimizer: { kind: 'sgd', lr: vary.scale(0.01, 0.04), weightDecay: vary.scale(0.1, 0.25) },
        steps: vary.whole(350, 500),
      }),
    }),
    measure: decayDominates,
  },
]

const CLIPPING: Recipe[] = (['sgd', 'momentum', 'adam'] as const).map((kind) => ({
  kind: 'D25',
  name: kind,
  also: ['D07', 'D18', 'D20', 'D12', 'D16'],
  plan: (vary) => ({
    config: sound(vary, {
      data: vary.pick([blobs, manyBlobs])(vary),
      optimizer: {
        kind,
        lr: kind === 'adam' ? vary.scale(1e-3, 3e-3) : vary.scale(0.02, 0.1),
        clip: { norm: vary.scale(0.02, 0.15) },
      },
      steps: vary.whole(350, 500),
    }),
  }),
  measure: ({ log, session }) => {
    const { clip } = session.config.optimizer
    const limit = clip && 'norm' in clip ? clip.norm : 0
    const late = (log.series['gradient-norm/global']?.value ?? []).slice(-200)
    const share = late.filter((norm) => norm > limit).length / late.length
    return { shown: share > 0.55, figures: { share } }
  },
}))

export const GENERALISATION: Recipe[] = [...OVERFITTING, ...UNDERFITTING, ...MODES, ...LABELS, ...IMBALANCE, ...REGULARISATION, ...CLIPPING]
