import type { Recipe } from '../generator/recipe.ts'
import type { Trained } from '../measure/trained.ts'
import { changeInputs, changeRate, changeUpdates } from './changes.ts'
import { blobs, hidden, manyBlobs, overlapping, someData, sound } from './networks.ts'

/** Gradient sign the wrong way round: the loss is driven up. */
const flipped = changeUpdates((apply, gradients, { tf }) => {
  tf.tidy(() => apply(Object.fromEntries(Object.entries(gradients as object).map(([name, one]) => [name, tf.neg(one)])) as never))
})

const broken = ({ looks, last, log }: Trained) => ({
  shown: looks.some(({ finite, train }) => !finite || !Number.isFinite(train.loss)),
  figures: { loss: last.train.loss, steps: log.series['train/loss']?.step.length ?? 0 },
})

const NON_FINITE: Recipe[] = [
  {
    kind: 'D01',
    name: 'wide-initial-weights',
    also: ['D02', 'D03', 'D06', 'D11'],
    plan: (vary) => {
      const model = {
        kind: 'mlp' as const,
        hidden: Array<number>(vary.whole(4, 7)).fill(32),
        init: { kind: 'gaussian' as const, std: vary.uniform(1.2, 3) },
      }
      return { config: sound(vary, { model, optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(0.05, 0.5) }, steps: 200 }) }
    },
    measure: broken,
  },
  {
    kind: 'D01',
    name: 'flipped-gradient',
    also: ['D02', 'D06', 'D11'],
    plan: (vary) => ({
      config: sound(vary, { model: { kind: 'mlp', hidden: [32, 32, 32] }, optimizer: { kind: 'sgd', lr: vary.scale(0.02, 0.2) }, steps: 600 }),
      prepare: flipped,
    }),
    measure: broken,
  },
  {
    kind: 'D01',
    name: 'missing-value-in-data',
    plan: (vary) => {
      const at = vary.whole(0, 200)
      return {
        config: sound(vary, { preprocess: { kind: 'none' }, steps: 200 }),
        prepare: changeInputs((value, index) => (index === at ? Number.NaN : value), ['train']),
      }
    },
    measure: broken,
  },
  {
    kind: 'D01',
    name: 'logarithm-of-zero',
    also: ['D02', 'D03', 'D06', 'D15'],
    plan: (vary) => ({
      config: sound(vary, {
        data: { ...blobs(vary), separation: vary.uniform(4, 8), spread: 1 } as never,
        preprocess: { kind: 'none' },
        optimizer: { kind: 'sgd', lr: vary.scale(0.2, 1) },
        steps: 300,
      }),
      // −y·log(softmax) written down as it stands: the softmax becomes 0, and 0 · log 0 is no number.
      prepare: (session) => {
        const { tf } = session
        const naive = (targets: never, logits: never) => tf.neg(tf.sum(tf.mul(targets, tf.log(tf.softmax(logits))), -1))
        session.loss = {
          ...session.loss,
          perExample: (y, z) => naive(y as never, z as never) as never,
          mean: (y, z) => tf.mean(naive(y as never, z as never)) as never,
        }
      },
    }),
    measure: broken,
  },
  {
    kind: 'D01',
    name: 'rate-far-too-high-without-rectifier',
    also: ['D02', 'D06', 'D11', 'D15'],
    plan: (vary) => ({
      config: sound(vary, {
        model: { kind: 'mlp', hidden: [32, 32, 32], activation: { kind: 'leaky-relu', slope: 0.2 } },
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(5, 50) },
        steps: 200,
      }),
    }),
    measure: broken,
  },
]

const diverged = ({ looks, first, last }: Trained) => {
  const losses = looks.map(({ train }) => train.loss).filter(Number.isFinite)
  const best = Math.min(...losses)
  const highest = losses.at(-1) ?? Number.NaN
  return {
    shown: highest > 2 * best && highest > 2 * first.train.loss,
    figures: { first: first.train.loss, best, highest, last: last.train.loss },
  }
}

const DIVERGING: Recipe[] = [
  {
    kind: 'D02',
    name: 'flipped-gradient',
    also: ['D01', 'D06', 'D11'],
    plan: (vary) => ({
      config: sound(vary, { optimizer: { kind: vary.pick(['adam', 'sgd']), lr: vary.scale(2e-3, 8e-3) }, steps: 400 }),
      prepare: flipped,
    }),
    measure: diverged,
  },
  {
    kind: 'D02',
    name: 'rising-rate',
    also: ['D01', 'D06', 'D11', 'D15'],
    plan: (vary) => {
      const factor = vary.uniform(1.015, 1.03)
      return {
        config: sound(vary, {
          model: { kind: 'mlp', hidden: hidden(vary), activation: 'leaky-relu' },
          optimizer: { kind: vary.pick(['sgd', 'adam']), lr: 1e-2 },
          steps: 400,
        }),
        prepare: changeRate((rate, step) => rate * factor ** step),
      }
    },
    measure: diverged,
  },
  {
    kind: 'D02',
    name: 'linear-on-large-inputs',
    also: ['D01', 'D03', 'D04', 'D06', 'D11', 'D15'],
    plan: (vary) => ({
      config: sound(vary, {
        data: someData(vary),
        model: { kind: 'mlp', hidden: [24], activation: 'identity' },
        optimizer: { kind: 'momentum', lr: vary.scale(0.3, 1.5) },
        steps: 300,
      }),
    }),
    measure: diverged,
  },
]

/** Rates at which these optimizers train such networks well. */
const SOUND_RATES = { sgd: 0.1, momentum: 0.02, adam: 2e-3, rmsprop: 1e-3 }

const tooHigh =
  (kind: keyof typeof SOUND_RATES): Recipe['measure'] =>
  async ({ plan, last, twin }) => {
    const lower = await twin({ ...plan, config: { ...plan.config, optimizer: { kind, lr: SOUND_RATES[kind] } } })
    return {
      shown: !Number.isFinite(last.train.loss) || (lower.train.loss < 0.7 * last.train.loss && lower.train.accuracy > last.train.accuracy + 0.03),
      figures: { loss: last.train.loss, accuracy: last.train.accuracy, lossOfLowerRate: lower.train.loss, accuracyOfLowerRate: lower.train.accuracy },
    }
  }

const RATE_TOO_HIGH: Recipe[] = (
  [
    ['sgd', 3, 20],
    ['momentum', 0.5, 3],
    ['adam', 0.5, 4],
    ['rmsprop', 0.4, 3],
  ] as const
).map(([kind, low, high]) => ({
  kind: 'D06',
  name: kind,
  also: ['D01', 'D02', 'D08', 'D11', 'D14', 'D15', 'D16', 'D20', 'D27', 'D12'],
  plan: (vary) => ({
    config: sound(vary, {
      data: vary.pick([overlapping, manyBlobs, someData])(vary),
      optimizer: { kind, lr: vary.scale(low, high) },
      steps: vary.whole(300, 500),
    }),
  }),
  measure: tooHigh(kind),
}))

export const EXPLODING: Recipe[] = [...NON_FINITE, ...DIVERGING, ...RATE_TOO_HIGH]
