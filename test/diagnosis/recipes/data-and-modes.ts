import type { Tensor } from '@tensorflow/tfjs'
import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import { setWeight } from '../../../trainer/lab/models/named-weights.ts'
import type { Recipe } from '../generator/recipe.ts'
import type { Trained } from '../measure/trained.ts'
import { changeUpdates, noisyLabels, relabel, shuffledLabels } from './changes.ts'
import { blobs, sound } from './networks.ts'

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
      const scale = vary.scale(10, 30)
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

export const DATA_AND_MODES: Recipe[] = [...MODES, ...LABELS, ...IMBALANCE]
