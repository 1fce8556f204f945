import type { Variable } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'
import { makeAugmentation } from '../augmentation/registry.ts'
import type { Seeds } from '../config/derive-seeds.ts'
import { deriveSeeds } from '../config/derive-seeds.ts'
import type { ResolvedLabConfig } from '../config/lab-config.ts'
import { type BatchSource, makeBatches } from '../data/batch-source.ts'
import type { Dataset } from '../data/examples.ts'
import { loadDataset } from '../data/registry.ts'
import type { LabLoss } from '../losses/lab-loss.ts'
import { makeLoss } from '../losses/registry.ts'
import type { LabModel } from '../models/lab-model.ts'
import { buildModel } from '../models/registry.ts'
import type { LabOptimizer } from '../optimizers/lab-optimizer.ts'
import { makeOptimizer } from '../optimizers/registry.ts'
import type { Preprocessing } from '../preprocessing/preprocessing.ts'
import { fitPreprocessing } from '../preprocessing/registry.ts'
import { makeSchedule } from '../schedules/registry.ts'
import { type LoopPlan, loopPlan } from './loop-plan.ts'

/** Everything a run trains with, made of its config alone. */
export interface LabSession {
  tf: Tf
  config: ResolvedLabConfig
  seeds: Seeds
  dataset: Dataset
  preprocessing: Preprocessing
  batches: BatchSource
  network: LabModel
  loss: LabLoss
  optimizer: LabOptimizer
  /** Learning rate of each step. */
  schedule: (step: number) => number
  plan: LoopPlan
  /** The weights that are trained: those of frozen layers are not among them. */
  variables: Variable[]
  /** Whether weight decay is a penalty beside the loss. */
  hasPenalty: boolean
  dispose(): void
}

/** @throws LossboardError of the part that the config or the data does not suit */
export async function makeSession(tf: Tf, config: ResolvedLabConfig, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<LabSession> {
  const seeds = deriveSeeds(config)
  const dataset = await loadDataset(config.data, config.split, { splitSeed: seeds.split, ...(signal && { signal }) })
  const preprocessing = fitPreprocessing(config.preprocess, dataset.train)
  const augmentation = makeAugmentation(config.augment, dataset.train.shape, dataset.classes.length)
  const batches = makeBatches(dataset.train, {
    preprocessing,
    augmentation,
    classes: dataset.classes.length,
    batchSize: config.train.batchSize,
    orderSeed: seeds.order,
    augmentationSeed: seeds.augmentation,
  })
  const plan = loopPlan(batches.stepsPerEpoch, config.train)
  const network = buildModel(tf, config.model, {
    inputShape: [...preprocessing.shape],
    outputs: dataset.classes.length,
    initSeed: seeds.init,
    dropoutSeed: seeds.dropout,
  })
  const optimizer = makeOptimizer(tf, config.optimizer)
  return {
    tf,
    config,
    seeds,
    dataset,
    preprocessing,
    batches,
    network,
    loss: makeLoss(tf, config.loss),
    optimizer,
    schedule: makeSchedule(config.schedule, {
      learningRate: config.optimizer.lr,
      totalSteps: plan.totalSteps,
      stepsPerEpoch: plan.stepsPerEpoch,
    }),
    plan,
    variables: trainedVariables(network),
    hasPenalty: config.optimizer.weightDecay > 0 && config.optimizer.decay === 'coupled',
    dispose() {
      network.dispose()
      optimizer.dispose()
    },
  }
}

/** Those that are trained as the layers stand now. */
export function trainedVariables({ model }: LabModel): Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as Variable)
}
