import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import type { Measured, Recipe } from '../generator/recipe.ts'
import type { Vary } from '../generator/vary.ts'
import { most } from '../measure/most.ts'
import { nearestNeighbours } from '../measure/nearest-neighbours.ts'
import type { Trained } from '../measure/trained.ts'
import { noisyLabels, pretrain, relabel } from './changes.ts'
import { goodOptimizer, hidden, sound } from './networks.ts'
import { keras, perEpoch } from './views.ts'

/**
 * Healthy is measured too: the network does about as well as the vote of the nearest neighbours, its validation loss is near its lowest,
 * training and inference mode agree, and its units live.
 */
function healthy({ session, looks, first, last, insides }: Trained): Measured {
  const reference = nearestNeighbours(session)
  const lowest = Math.min(...looks.map(({ val }) => val.loss))
  const figures = {
    accuracy: last.val.accuracy,
    reference,
    risen: last.val.loss / lowest,
    gap: last.train.accuracy - last.val.accuracy,
    modes: last.train.loss - last.trainModeLoss,
    dead: Math.max(...insides.map(({ dead }) => most(dead))),
    firstLoss: first.train.loss / Math.log(session.dataset.classes.length),
  }
  const tolerance = 2 * Math.sqrt((reference * (1 - reference)) / last.val.n) + 0.03
  const shown =
    last.finite &&
    figures.accuracy > reference - tolerance &&
    (figures.risen < 1.04 || last.val.loss - lowest < 0.02) &&
    figures.modes < 0.2 &&
    figures.dead < 0.3 &&
    figures.gap < 0.12
  return { shown, figures }
}

const kind = (name: string, config: (vary: Vary) => LabConfig, rest: Partial<ReturnType<Recipe['plan']>> = {}): Recipe => ({
  kind: 'healthy',
  name,
  plan: (vary) => ({ config: config(vary), ...rest }),
  measure: healthy,
})

export const HEALTHY: Recipe[] = [
  kind('sgd', (vary) => sound(vary, { optimizer: goodOptimizer(vary, 'sgd') })),
  kind('momentum', (vary) => sound(vary, { optimizer: goodOptimizer(vary, vary.pick(['momentum', 'nesterov'])) })),
  kind('adam', (vary) => sound(vary, { optimizer: goodOptimizer(vary, vary.pick(['adam', 'adam', 'rmsprop'])) })),
  kind('batch-norm', (vary) =>
    sound(vary, { model: { kind: 'mlp', hidden: hidden(vary), norm: 'batch', activation: vary.pick(['relu', 'relu', 'tanh', 'gelu']) } }),
  ),
  kind('dropout', (vary) => sound(vary, { model: { kind: 'mlp', hidden: [64, 48], dropout: vary.uniform(0.1, 0.4) } })),
  kind('cosine', (vary) => sound(vary, { schedule: { kind: vary.pick(['cosine', 'linear']) } })),
  kind('warm-up', (vary) => sound(vary, { schedule: { kind: vary.pick(['cosine', 'constant']), warmup: vary.whole(30, 80) } })),
  kind('step-decay', (vary) => sound(vary, { schedule: { kind: 'step', factor: vary.pick([0.1, 0.2, 0.3]) } })),
  {
    kind: 'healthy',
    name: 'noisy-labels',
    plan: (vary) => ({ config: sound(vary, { steps: vary.whole(300, 500) }), prepare: relabel(noisyLabels(vary.uniform(0.1, 0.3), vary)) }),
    measure: healthy,
  },
  {
    kind: 'healthy',
    name: 'fine-tuning',
    plan: (vary) => {
      const config = sound(vary, { steps: vary.whole(300, 500), optimizer: { kind: vary.pick(['adam', 'momentum']), lr: vary.scale(1e-3, 4e-3) } })
      return { config, pretrained: true, prepare: pretrain(vary.whole(150, 400)) }
    },
    measure: healthy,
  },
  kind('label-smoothing', (vary) => sound(vary, { loss: { kind: 'softmax-cross-entropy', labelSmoothing: vary.uniform(0.05, 0.15) } })),
  kind('mixup', (vary) => sound(vary, { augment: { mixup: vary.uniform(0.1, 0.4) } })),
  kind('sigmoid-loss', (vary) => sound(vary, { loss: { kind: 'sigmoid-cross-entropy' }, optimizer: { kind: 'adam', lr: vary.scale(3e-3, 8e-3) } })),
  kind('tiny-validation', (vary) => sound(vary, { split: { validation: vary.whole(30, 60), test: 0 } })),
  kind('per-epoch', (vary) => sound(vary, { train: { evaluateEvery: 1, batchSize: 64 }, steps: vary.whole(500, 800) }), { view: perEpoch }),
  kind('keras-names', (vary) => sound(vary, { train: { evaluateEvery: 1, batchSize: 64 }, steps: vary.whole(400, 700) }), { view: keras }),
  kind('one-cycle', (vary) => sound(vary, { schedule: { kind: 'one-cycle', peakAt: vary.uniform(0.2, 0.4) } })),
  kind('early-stopping', (vary) =>
    sound(vary, { steps: 900, evaluations: 30, earlyStopping: { patience: vary.whole(3, 6), restoreBest: vary.chance(0.5) } }),
  ),
  kind('weight-decay', (vary) =>
    sound(vary, { optimizer: { ...goodOptimizer(vary, vary.pick(['momentum', 'adamw'])), weightDecay: vary.scale(1e-4, 3e-3) } }),
  ),
  kind('tanh', (vary) =>
    sound(vary, { model: { kind: 'mlp', hidden: hidden(vary), activation: vary.pick(['tanh', 'gelu', 'leaky-relu']), init: 'xavier' } }),
  ),
]
