import type { Optimizer, Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../trainer/tfjs/tf.ts'
import type { NETWORKS } from './networks.ts'

export interface Experiment {
  name: string
  /** For people: `conv net, Adam 0.003`. */
  title: string
  /** Goes wrong on purpose. */
  meantToFail: boolean
  network: keyof typeof NETWORKS
  optimizer: 'adam' | 'momentum'
  learningRate: number
  schedule: keyof typeof SCHEDULES
  loss: keyof typeof LOSSES
  steps: number
  /** Fewer it never trains, however slow the machine: the good ones still reach 95 % with these, the bad ones still go bad. */
  leastSteps: number
  /** Seconds on two quiet cores of a 2020s server, wasm: how the time budget is shared. */
  seconds: number
  notes: string
  tags: string[]
}

export const BATCH_SIZE = 64
export const SEEDS = [1, 2]

/** What the demo trains, in this order, for every seed. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'mlp',
    title: 'MLP, momentum 0.05',
    meantToFail: false,
    network: 'mlp',
    optimizer: 'momentum',
    learningRate: 0.05,
    schedule: 'step',
    loss: 'softmaxCrossEntropy',
    steps: 1300,
    leastSteps: 600,
    seconds: 8,
    notes: 'Two hidden layers, SGD with momentum, learning rate cut to a fifth after 60 % and 85 % of the steps.',
    tags: ['baseline'],
  },
  {
    name: 'mlp-lr-too-high',
    title: 'MLP, momentum 1 (too high)',
    meantToFail: true,
    network: 'mlp',
    optimizer: 'momentum',
    learningRate: 1,
    schedule: 'constant',
    loss: 'softmaxCrossEntropy',
    steps: 300,
    leastSteps: 150,
    seconds: 2,
    notes:
      'Bad on purpose: the same network with a learning rate 20 times too high. Loss jumps, then every unit is dead and it stays at ln 10 = 2.30.',
    tags: ['bad-on-purpose'],
  },
  {
    name: 'conv-net',
    title: 'conv net, Adam 0.003',
    meantToFail: false,
    network: 'conv-net',
    optimizer: 'adam',
    learningRate: 0.003,
    schedule: 'warm-up-cosine',
    loss: 'softmaxCrossEntropy',
    steps: 900,
    leastSteps: 400,
    seconds: 19,
    notes: 'Two convolutions, Adam, 50 steps of warm-up, then a cosine down to 2 % of the learning rate.',
    tags: [],
  },
  {
    name: 'mlp-log-of-zero',
    title: 'MLP, loss with log(0)',
    meantToFail: true,
    network: 'mlp',
    optimizer: 'momentum',
    learningRate: 0.5,
    schedule: 'constant',
    loss: 'logOfSoftmax',
    steps: 150,
    leastSteps: 100,
    seconds: 1.3,
    notes: 'Bad on purpose: cross-entropy written as y · log(softmax(x)). Once a probability rounds to 0 it is 0 · log(0), and everything is NaN.',
    tags: ['bad-on-purpose'],
  },
]

/** Factor on the learning rate after `done` (0 to 1) of the steps. */
export const SCHEDULES = {
  constant: () => 1,
  step: (done: number) => (done < 0.6 ? 1 : done < 0.85 ? 0.2 : 0.04),
  'warm-up-cosine': (done: number, step: number) => Math.min(1, (step + 1) / 50) * (0.02 + 0.49 * (1 + Math.cos(Math.PI * done))),
} as const satisfies Record<string, (done: number, step: number) => number>

export const LOSSES = {
  softmaxCrossEntropy: (tf: Tf) => (truth: Tensor, logits: Tensor) => tf.losses.softmaxCrossEntropy(truth, logits),
  logOfSoftmax: (tf: Tf) => (truth: Tensor, logits: Tensor) => tf.neg(tf.mean(tf.sum(tf.mul(truth, tf.log(tf.softmax(logits))), -1))),
} as const

export function makeOptimizer(tf: Tf, { optimizer, learningRate }: Experiment): Optimizer {
  return optimizer === 'adam' ? tf.train.adam(learningRate) : tf.train.momentum(learningRate, 0.9)
}

/** SGD and momentum have a setter; Adam reads the field. */
export function setLearningRate(optimizer: Optimizer, rate: number): void {
  const settable = optimizer as unknown as { setLearningRate?(rate: number): void; learningRate: number }
  if (settable.setLearningRate) settable.setLearningRate(rate)
  else settable.learningRate = rate
}
