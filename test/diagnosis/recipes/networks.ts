import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import type { Vary } from '../generator/vary.ts'

type Data = LabConfig['data']

/** Classes that a small network tells apart well, with some overlap. */
export function someData(vary: Vary): Data {
  const examples = vary.whole(1200, 2000)
  const kind = vary.pick(['blobs', 'blobs', 'many', 'spirals', 'moons'])
  if (kind === 'spirals')
    return { kind: 'spirals', examples, classes: vary.whole(2, 4), turns: vary.uniform(0.4, 0.65), noise: vary.uniform(0.1, 0.25) }
  if (kind === 'moons') return { kind: 'two-moons', examples, noise: vary.uniform(0.08, 0.25) }
  return kind === 'many' ? manyBlobs(vary) : blobs(vary)
}

/** Three to six clouds, linearly separable for the most part. */
export function blobs(vary: Vary): Data {
  return {
    kind: 'gaussian-blobs',
    examples: vary.whole(1200, 2000),
    classes: vary.whole(3, 6),
    features: vary.whole(6, 16),
    separation: vary.uniform(0.8, 1.3),
  }
}

/** Ten clouds that reach into each other. */
export function overlapping(vary: Vary): Data {
  return { kind: 'gaussian-blobs', examples: vary.whole(1600, 2200), classes: 10, features: vary.whole(16, 24), separation: vary.uniform(0.35, 0.5) }
}

/** Ten clouds. */
export function manyBlobs(vary: Vary): Data {
  return { kind: 'gaussian-blobs', examples: vary.whole(1500, 2200), classes: 10, features: vary.whole(16, 32), separation: vary.uniform(0.6, 0.9) }
}

export function hidden(vary: Vary): number[] {
  return [...vary.pick([[32], [48], [32, 32], [48, 24], [64, 32], [24, 24, 24]])]
}

type Optimizer = NonNullable<LabConfig['optimizer']>

/** A rate that suits small networks on standardised inputs. */
export function goodOptimizer(
  vary: Vary,
  kind: 'sgd' | 'momentum' | 'nesterov' | 'adam' | 'adamw' | 'rmsprop' = vary.pick(['sgd', 'momentum', 'adam']),
): Optimizer {
  const lr = { sgd: [0.05, 0.2], momentum: [0.01, 0.04], nesterov: [0.01, 0.04], adam: [1e-3, 4e-3], adamw: [1e-3, 4e-3], rmsprop: [5e-4, 2e-3] }[
    kind
  ] as [number, number]
  return { kind, lr: vary.scale(...lr) }
}

/** A sound training of so many steps; parts given replace its own. */
export function sound(
  vary: Vary,
  { steps = vary.whole(350, 600), evaluations = 12, ...parts }: Partial<LabConfig> & { steps?: number; evaluations?: number } = {},
): LabConfig {
  const data = parts.data ?? someData(vary)
  const batchSize = vary.pick([16, 32, 64])
  const examples = 'examples' in data ? Number(data.examples ?? 1000) : 1000
  const trained = Math.round(examples * 0.75)
  return {
    data,
    split: { validation: 0.25, test: 0 },
    model: { kind: 'mlp', hidden: hidden(vary), init: vary.pick(['msra', 'xavier']) },
    optimizer: goodOptimizer(vary),
    seed: vary.seed,
    ...parts,
    train: {
      batchSize,
      maxSteps: steps,
      epochs: 1e4,
      evaluateEvery: (steps * (parts.train?.batchSize ?? batchSize)) / trained / evaluations,
      trainEvaluationRows: 400,
      ...parts.train,
    },
  }
}
