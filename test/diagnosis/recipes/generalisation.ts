import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import type { Recipe } from '../generator/recipe.ts'
import type { Trained } from '../measure/trained.ts'
import { noisyLabels, relabel } from './changes.ts'
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

/** Share of the loss that may still go in the last 30 % of a run that has come to rest. */
const AT_REST = 0.05

/** Poor on what it was trained on too, come to rest, and a network of another size or with less regularization does better. */
const underfitted = (better: Partial<LabConfig>) => async (trained: Trained) => {
  const { last, looks } = trained
  // The looks: before the first update, at ten places, and once more at the end.
  const earlier = looks.at(-5) ?? last
  const fallen = 1 - last.train.loss / earlier.train.loss
  const twin = await other(trained, better)
  return {
    shown:
      last.train.accuracy < 0.85 &&
      last.train.accuracy - last.val.accuracy < 0.05 &&
      fallen < AT_REST &&
      twin.train.accuracy > last.train.accuracy + 0.08,
    figures: { train: last.train.accuracy, val: last.val.accuracy, better: twin.train.accuracy, fallen },
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

export const GENERALISATION: Recipe[] = [...OVERFITTING, ...UNDERFITTING]
