import { inputStatistics } from '../../../trainer/lab/data/input-statistics.ts'
import type { Recipe } from '../generator/recipe.ts'
import { rowsOf } from '../measure/look.ts'
import type { Trained } from '../measure/trained.ts'
import { unchangedKernels } from '../measure/weights.ts'
import { changeInputs, changeRate, changeUpdates, changeWeights } from './changes.ts'
import { blobs, hidden, manyBlobs, sound } from './networks.ts'

const initialLoss = (trained: Trained) => {
  const { log, session } = trained
  const logged = log.series['train/loss']?.value[0] ?? Number.NaN
  const ratio = logged / session.loss.initialLoss(session.dataset.classes.length)
  return { shown: ratio > 2.1 || ratio < 0.48, figures: { ratio, own: trained.first.train.loss } }
}

/** The loss times a number, as sums instead of means give it. */
const scaledLoss =
  (factor: (session: { classes: number; batchSize: number }) => number): NonNullable<ReturnType<Recipe['plan']>['prepare']> =>
  (session) => {
    const { tf, loss, dataset, config } = session
    const by = factor({ classes: dataset.classes.length, batchSize: config.train.batchSize })
    session.loss = { ...loss, mean: (y, z) => tf.mul(loss.mean(y, z), by) as never, perExample: (y, z) => tf.mul(loss.perExample(y, z), by) as never }
  }

const FIRST_LOSS: Recipe[] = [
  {
    kind: 'D03',
    name: 'wide-initial-weights',
    also: ['D06', 'D08', 'D15', 'D02', 'D11'],
    plan: (vary) => ({
      config: sound(vary, {
        model: { kind: 'mlp', hidden: hidden(vary), init: { kind: 'gaussian', std: vary.uniform(0.7, 1.5) } },
        optimizer: { kind: 'adam', lr: 2e-3 },
      }),
    }),
    measure: initialLoss,
  },
  {
    kind: 'D03',
    name: 'output-bias',
    plan: (vary) => ({
      config: sound(vary),
      prepare: changeWeights(/^output\/bias/, (values) => {
        for (let i = 0; i < values.length; i++) values[i] = vary.uniform(2, 4) * (i + 1)
      }),
    }),
    measure: initialLoss,
  },
  {
    kind: 'D03',
    name: 'summed-over-the-batch',
    also: ['D06', 'D11', 'D08'],
    plan: (vary) => ({
      config: sound(vary, { optimizer: { kind: 'adam', lr: vary.scale(5e-4, 2e-3) } }),
      prepare: scaledLoss(({ batchSize }) => batchSize),
    }),
    measure: initialLoss,
  },
  {
    kind: 'D03',
    name: 'averaged-over-the-classes',
    plan: (vary) => ({ config: sound(vary, { data: vary.pick([blobs, manyBlobs])(vary) }), prepare: scaledLoss(({ classes }) => 1 / classes) }),
    measure: initialLoss,
  },
  {
    kind: 'D03',
    name: 'shifted-inputs',
    also: ['D04', 'D06', 'D08', 'D12'],
    plan: (vary) => ({ config: sound(vary, { preprocess: { kind: 'none' } }), prepare: changeInputs((value) => value + vary.uniform(8, 14)) }),
    measure: initialLoss,
  },
]

const unscaled = async ({ session, plan, last, twin, looks }: Trained) => {
  const { mean, std, min, max } = inputStatistics(rowsOf(session, session.dataset.train).inputs, 1)
  const good = await twin({ config: { ...plan.config, preprocess: { kind: 'standardise' } } })
  const largest = Math.max(-(min ?? 0), max ?? 0)
  const area = looks.reduce((sum, { train }) => sum + train.loss, 0) / looks.length
  return {
    shown:
      ((std ?? 1) > 10 || (std ?? 1) < 0.1 || Math.abs(mean ?? 0) > 3 * (std ?? 1) || largest > 50) &&
      !(last.train.loss < 1.3 * good.train.loss && area < 2 * good.train.loss + 0.3),
    figures: { mean: mean ?? Number.NaN, std: std ?? Number.NaN, largest, loss: last.train.loss, standardised: good.train.loss },
  }
}

const INPUTS: Recipe[] = [
  {
    kind: 'D04',
    name: 'times-255',
    also: ['D02', 'D03', 'D06', 'D08', 'D09', 'D11', 'D14', 'D15'],
    plan: (vary) => ({
      config: sound(vary, { preprocess: { kind: 'none' }, data: blobs(vary) }),
      prepare: changeInputs((value) => value * vary.pick([60, 100, 255])),
    }),
    measure: unscaled,
  },
  {
    kind: 'D04',
    name: 'tiny',
    also: ['D07', 'D12', 'D14', 'D20'],
    plan: (vary) => ({
      config: sound(vary, { preprocess: { kind: 'none' }, data: blobs(vary), optimizer: { kind: 'sgd', lr: vary.scale(0.02, 0.1) } }),
      prepare: changeInputs((value) => value * 0.005),
    }),
    measure: unscaled,
  },
  {
    kind: 'D04',
    name: 'far-from-zero',
    also: ['D02', 'D03', 'D06', 'D08', 'D09', 'D11', 'D12', 'D14', 'D15'],
    plan: (vary) => {
      const by = vary.uniform(20, 200)
      return { config: sound(vary, { preprocess: { kind: 'none' } }), prepare: changeInputs((value) => value + by) }
    },
    measure: unscaled,
  },
  {
    kind: 'D04',
    name: 'large-into-sigmoid',
    also: ['D03', 'D09', 'D10', 'D12', 'D14'],
    plan: (vary) => ({
      config: sound(vary, {
        preprocess: { kind: 'none' },
        data: blobs(vary),
        model: { kind: 'mlp', hidden: [32, 32], activation: vary.pick(['sigmoid', 'tanh']), init: 'xavier' },
      }),
      prepare: changeInputs((value) => value * 1000),
    }),
    measure: unscaled,
  },
]

const unchanged = (trained: Trained) => {
  const kernels = unchangedKernels(trained)
  return { shown: kernels.length > 0, figures: { unchanged: kernels.length, gradient: trained.insides.at(-1)?.gradient ?? 0 } }
}

/** Gradients of these variables never reach the optimizer, though they are there. */
const without = (pattern: RegExp) =>
  changeUpdates((apply, gradients, { network }) => {
    apply(Object.fromEntries(Object.entries(gradients as object).filter(([name]) => !pattern.test(network.weightNames.get(name) ?? name))) as never)
  })

const NO_UPDATE: Recipe[] = [
  {
    kind: 'D05',
    name: 'layer-left-out-of-the-optimizer',
    plan: (vary) => ({
      config: sound(vary, { model: { kind: 'mlp', hidden: [32, 32] }, steps: 250 }),
      prepare: without(vary.pick([/^hidden1/, /^hidden2/, /^output/])),
    }),
    measure: unchanged,
  },
  {
    kind: 'D05',
    name: 'detached-optimizer',
    also: ['D14', 'D07', 'D20'],
    plan: (vary) => ({ config: sound(vary, { steps: 250 }), prepare: without(/./) }),
    measure: unchanged,
  },
  {
    kind: 'D05',
    name: 'rate-zero',
    also: ['D14', 'D07', 'D20'],
    plan: (vary) => ({ config: sound(vary, { steps: 250 }), prepare: changeRate(() => 0) }),
    measure: unchanged,
  },
]

const flatStart = async ({ looks, first, last, plan, twin }: Trained) => {
  const early = looks[2]?.train.loss ?? Number.NaN
  const drop = first.train.loss - last.train.loss
  const model = { ...plan.config.model, init: 'msra' } as typeof plan.config.model
  const good = await twin({
    config: { ...plan.config, model, train: { ...plan.config.train, maxSteps: Math.round((plan.config.train?.maxSteps ?? 0) * 0.2) } },
  })
  return {
    shown: early > 0.95 * first.train.loss && drop > 0.2 * first.train.loss && good.train.loss < 0.85 * first.train.loss,
    figures: { first: first.train.loss, afterAFifth: early, last: last.train.loss, afterAFifthByHe: good.train.loss },
  }
}

const FLAT_START: Recipe[] = [
  {
    kind: 'D12',
    name: 'narrow-initial-weights',
    also: ['D10', 'D07'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([blobs, manyBlobs])(vary),
        model: {
          kind: 'mlp',
          hidden: Array<number>(vary.pick([2, 2, 3])).fill(vary.pick([32, 48])),
          init: { kind: 'gaussian', std: vary.scale(0.005, 0.02) },
        },
        optimizer: { kind: 'momentum', lr: vary.scale(0.03, 0.08) },
        steps: vary.whole(500, 800),
      }),
    }),
    measure: flatStart,
  },
  {
    kind: 'D12',
    name: 'narrow-tanh',
    also: ['D10', 'D07', 'D09'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([blobs, manyBlobs])(vary),
        model: { kind: 'mlp', hidden: [32, 32, 32], activation: 'tanh', init: { kind: 'gaussian', std: vary.scale(0.01, 0.03) } },
        optimizer: { kind: 'momentum', lr: vary.scale(0.03, 0.08) },
        steps: vary.whole(500, 800),
      }),
    }),
    measure: flatStart,
  },
  {
    kind: 'D12',
    name: 'deep-sigmoid',
    also: ['D10', 'D07'],
    plan: (vary) => ({
      config: sound(vary, {
        data: blobs(vary),
        model: { kind: 'mlp', hidden: [32, 32, 32], activation: 'sigmoid', init: { kind: 'gaussian', std: vary.uniform(0.08, 0.16) } },
        optimizer: { kind: 'momentum', lr: vary.scale(0.05, 0.2) },
        steps: vary.whole(600, 900),
      }),
    }),
    measure: flatStart,
  },
]

export const BEGINNINGS: Recipe[] = [...FIRST_LOSS, ...INPUTS, ...NO_UPDATE, ...FLAT_START]
