import { seededRandom } from '../../../core/seeded-random.ts'
import type { Recipe } from '../generator/recipe.ts'
import type { Trained } from '../measure/trained.ts'
import { equalColumns } from '../measure/weights.ts'
import { all, changeWeights, shuffle } from './changes.ts'
import { blobs, manyBlobs, sound } from './networks.ts'

const vanishing = ({ insides, first, looks, session }: Trained) => {
  const ratios = insides.map(({ kernels }) => (kernels[0]?.gradient ?? Number.NaN) / (kernels.at(-1)?.gradient ?? Number.NaN))
  const middle = looks[5]?.train.loss ?? Number.NaN
  return {
    shown: (ratios[0] ?? 1) < 8e-3 && (ratios[1] ?? 1) < 8e-3 && middle > 0.9 * Math.min(first.train.loss, Math.log(session.dataset.classes.length)),
    figures: { start: ratios[0] ?? 1, middle: ratios[1] ?? 1, loss: middle / first.train.loss },
  }
}

const VANISHING: Recipe[] = [
  {
    kind: 'D10',
    name: 'deep-sigmoid',
    also: ['D12', 'D14', 'D07', 'D20', 'D09'],
    plan: (vary) => ({
      config: sound(vary, {
        model: { kind: 'mlp', hidden: Array<number>(vary.whole(6, 8)).fill(24), activation: 'sigmoid', init: 'xavier' },
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(0.003, 0.01) },
        steps: vary.whole(250, 400),
      }),
    }),
    measure: vanishing,
  },
  {
    kind: 'D10',
    name: 'large-biases-narrow-weights',
    also: ['D12', 'D14', 'D07', 'D20', 'D09'],
    plan: (vary) => ({
      config: sound(vary, {
        model: {
          kind: 'mlp',
          hidden: Array<number>(vary.whole(4, 6)).fill(32),
          activation: vary.pick(['tanh', 'relu', 'leaky-relu']),
          init: { kind: 'gaussian', std: vary.scale(0.01, 0.03) },
        },
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(0.005, 0.03) },
        steps: vary.whole(250, 400),
      }),
      prepare: changeWeights(/^hidden\d\/bias/, (values) => {
        for (let i = 0; i < values.length; i++) values[i] = vary.uniform(0.3, 1)
      }),
    }),
    measure: vanishing,
  },
  {
    kind: 'D10',
    name: 'sigmoid-of-narrow-weights',
    also: ['D12', 'D14', 'D07', 'D20', 'D09'],
    plan: (vary) => ({
      config: sound(vary, {
        model: {
          kind: 'mlp',
          hidden: Array<number>(vary.whole(4, 6)).fill(32),
          activation: 'sigmoid',
          init: { kind: 'gaussian', std: vary.scale(0.05, 0.2) },
        },
        optimizer: { kind: 'sgd', lr: vary.scale(3e-3, 3e-2) },
        steps: vary.whole(250, 400),
      }),
    }),
    measure: vanishing,
  },
]

const symmetric = ({ session, last }: Trained) => {
  const layers = equalColumns(session)
  return { shown: layers > 0, figures: { layers, accuracy: last.train.accuracy } }
}

const copyWithin = (from: (at: number, units: number) => number) => (values: Float32Array, shape: readonly number[]) => {
  for (let i = 0; i < values.length; i++) values[i] = values[from(i, shape.at(-1) as number)] as number
}

const SYMMETRIC: Recipe[] = [
  {
    kind: 'D13',
    name: 'constant-weights',
    also: ['D10', 'D12', 'D14', 'D20', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        model: {
          kind: 'mlp',
          hidden: vary.pick([[32], [32, 32], [24, 24, 24]]),
          activation: vary.pick(['relu', 'tanh', 'gelu']),
          init: { kind: 'constant', value: vary.scale(0.01, 0.2) },
        },
        steps: vary.whole(250, 400),
      }),
    }),
    measure: symmetric,
  },
  {
    kind: 'D13',
    name: 'one-unit-copied',
    also: ['D12', 'D14', 'D20', 'D10', 'D08'],
    plan: (vary) => ({
      config: sound(vary, { model: { kind: 'mlp', hidden: [32, 24] }, steps: vary.whole(250, 400) }),
      // The second layer treats all units of the first alike, so they also learn alike.
      prepare: all(
        changeWeights(
          /^hidden1\/kernel/,
          copyWithin((at, units) => at - (at % units)),
        ),
        changeWeights(
          /^hidden2\/kernel/,
          copyWithin((at, units) => at % units),
        ),
      ),
    }),
    measure: symmetric,
  },
]

const atChance = ({ looks, last, session }: Trained) => {
  const chance = Math.log(session.dataset.classes.length)
  const margin = 3 * Math.sqrt(last.train.majority / last.train.n) + 0.02
  const never = looks.every(({ train }) => train.accuracy < train.majority + margin)
  return {
    shown: never && Math.abs(last.train.loss - chance) < 0.1 * chance,
    figures: { accuracy: last.train.accuracy, majority: last.train.majority, loss: last.train.loss / chance },
  }
}

const STUCK: Recipe[] = [
  {
    kind: 'D14',
    name: 'all-units-off',
    also: ['D08', 'D10', 'D12', 'D20', 'D23'],
    plan: (vary) => ({
      config: sound(vary, { data: vary.pick([blobs, manyBlobs])(vary), model: { kind: 'mlp', hidden: [32, 32] }, steps: vary.whole(300, 500) }),
      prepare: changeWeights(/^hidden\d\/bias/, (values) => void values.fill(-12)),
    }),
    measure: atChance,
  },
  {
    kind: 'D14',
    name: 'new-labels-every-step',
    also: ['D20', 'D22', 'D23'],
    plan: (vary) => {
      const random = seededRandom(vary.seed)
      return {
        config: sound(vary, {
          data: blobs(vary),
          optimizer: { kind: 'sgd', lr: vary.scale(0.02, 0.1) },
          model: { kind: 'mlp', hidden: [24], init: 'xavier' },
          train: { batchSize: 64 },
          steps: vary.whole(300, 500),
        }),
        prepare: (session) => {
          const { batches } = session
          session.batches = {
            ...batches,
            batch(step) {
              const batch = batches.batch(step)
              const rows = shuffle(
                Int32Array.from({ length: batch.n }, (_, row) => row),
                random,
              )
              const width = batch.targets.length / batch.n
              const targets = new Float32Array(batch.targets.length)
              for (const [to, row] of rows.entries()) targets.set(batch.targets.subarray(row * width, (row + 1) * width), to * width)
              return { ...batch, targets }
            },
          }
        },
      }
    },
    measure: atChance,
  },
  {
    kind: 'D14',
    name: 'deep-and-narrow-weights',
    also: ['D07', 'D08', 'D10', 'D12', 'D20', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([blobs, manyBlobs])(vary),
        model: { kind: 'mlp', hidden: Array<number>(vary.whole(5, 7)).fill(32), init: { kind: 'gaussian', std: 0.01 } },
        steps: vary.whole(300, 500),
      }),
    }),
    measure: atChance,
  },
  {
    kind: 'D14',
    name: 'inputs-without-information',
    also: ['D20', 'D22', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { kind: 'gaussian-blobs', examples: 4000, classes: vary.pick([4, 10]), features: 8, separation: 0 },
        model: { kind: 'mlp', hidden: [16] },
        optimizer: { kind: 'sgd', lr: 0.03 },
        steps: vary.whole(300, 450),
      }),
    }),
    measure: atChance,
  },
]

export const NOTHING_LEARNED: Recipe[] = [...VANISHING, ...SYMMETRIC, ...STUCK]
