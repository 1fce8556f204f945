import type { Recipe } from '../generator/recipe.ts'
import { most } from '../measure/most.ts'
import type { Trained } from '../measure/trained.ts'
import { changeInputs, changeRate, changeWeights } from './changes.ts'
import { blobs, manyBlobs, sound } from './networks.ts'

const dead = ({ insides }: Trained) => {
  const share = most(insides.at(-1)?.dead ?? {})
  return { shown: share >= 0.55, figures: { share } }
}

const DEAD: Recipe[] = [
  {
    kind: 'D08',
    name: 'negative-bias',
    also: ['D12', 'D14', 'D10'],
    plan: (vary) => {
      const share = vary.uniform(0.6, 1)
      return {
        config: sound(vary, { model: { kind: 'mlp', hidden: vary.pick([[32, 32], [48], [32, 32, 32]]) }, steps: vary.whole(250, 450) }),
        prepare: changeWeights(vary.pick([/^hidden1\/bias/, /^hidden\d\/bias/]), (values) => {
          for (let i = 0; i < values.length * share; i++) values[i] = -12
        }),
      }
    },
    measure: dead,
  },
  {
    kind: 'D08',
    name: 'rate-spike',
    also: ['D02', 'D06', 'D14', 'D15', 'D01'],
    plan: (vary) => {
      const at = vary.whole(60, 150)
      const factor = vary.scale(60, 300)
      return {
        config: sound(vary, {
          data: vary.pick([blobs, manyBlobs])(vary),
          model: { kind: 'mlp', hidden: [32, 32] },
          optimizer: { kind: 'sgd', lr: 0.1 },
          steps: vary.whole(300, 500),
        }),
        prepare: changeRate((rate, step) => (step >= at && step < at + 15 ? rate * factor : rate)),
      }
    },
    measure: dead,
  },
  {
    kind: 'D08',
    name: 'rate-too-high-from-the-start',
    also: ['D02', 'D06', 'D11', 'D14', 'D15', 'D01'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([blobs, manyBlobs])(vary),
        model: { kind: 'mlp', hidden: [48, 32] },
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(1, 6) },
        steps: vary.whole(250, 400),
      }),
    }),
    measure: dead,
  },
  {
    kind: 'D08',
    name: 'negative-inputs-and-large-steps',
    also: ['D02', 'D03', 'D04', 'D06', 'D12', 'D14', 'D15', 'D01', 'D11'],
    plan: (vary) => ({
      config: sound(vary, {
        preprocess: { kind: 'none' },
        data: blobs(vary),
        model: { kind: 'mlp', hidden: [48, 24] },
        optimizer: { kind: 'sgd', lr: vary.scale(0.05, 0.3) },
        steps: vary.whole(250, 400),
      }),
      prepare: changeInputs((value) => value + 15),
    }),
    measure: dead,
  },
]

const saturated = ({ insides }: Trained) => {
  const share = Math.max(...insides.map(({ saturated }) => most(saturated)))
  return { shown: share >= 0.55, figures: { share, atTheEnd: most(insides.at(-1)?.saturated ?? {}) } }
}

const SATURATED: Recipe[] = [
  {
    kind: 'D09',
    name: 'wide-tanh',
    also: ['D03', 'D06', 'D11', 'D12'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([blobs, manyBlobs])(vary),
        model: {
          kind: 'mlp',
          hidden: vary.pick([
            [48, 48],
            [64, 32],
            [48, 48, 48],
          ]),
          activation: 'tanh',
          init: { kind: 'gaussian', std: vary.uniform(1, 2) },
        },
        steps: vary.whole(250, 450),
      }),
    }),
    measure: saturated,
  },
  {
    kind: 'D09',
    name: 'large-inputs-into-sigmoid',
    also: ['D03', 'D04', 'D06', 'D10', 'D12', 'D14'],
    plan: (vary) => ({
      config: sound(vary, {
        preprocess: { kind: 'none' },
        data: blobs(vary),
        model: { kind: 'mlp', hidden: vary.pick([[32], [32, 32]]), activation: vary.pick(['sigmoid', 'tanh']), init: 'xavier' },
        steps: vary.whole(250, 450),
      }),
      prepare: changeInputs((value) => value * vary.pick([30, 100, 255])),
    }),
    measure: saturated,
  },
  {
    kind: 'D09',
    name: 'rate-drives-into-saturation',
    also: ['D02', 'D06', 'D11', 'D12', 'D14', 'D15'],
    plan: (vary) => ({
      config: sound(vary, {
        model: { kind: 'mlp', hidden: [32, 32], activation: 'tanh', init: 'xavier' },
        optimizer: { kind: vary.pick(['adam', 'momentum']), lr: vary.scale(0.2, 1) },
        steps: vary.whole(250, 450),
      }),
    }),
    measure: saturated,
  },
]

export const DEAD_LAYERS: Recipe[] = [...DEAD, ...SATURATED]
