import { z } from 'zod'
import { EVALUATION_METRICS } from './evaluation-metrics.ts'

const epochs = (what: string) => z.number().positive().describe(`${what}, in epochs; may be a fraction`)
const steps = z.number().int().positive()
const everySteps = (what: string, fallback: number) =>
  z
    .union([steps, z.literal(false)])
    .default(fallback)
    .describe(`${what} every this many steps; false: never`)
const automatic = (what: string, auto: string) =>
  z
    .union([steps, z.literal('auto'), z.literal(false)])
    .default('auto')
    .describe(`${what} every this many steps; auto: ${auto}; false: never`)

export const trainSchema = z.strictObject({
  epochs: epochs('How long to train').default(5),
  maxSteps: steps.nullable().default(null).describe('Stop after this many steps even when `epochs` is not reached'),
  batchSize: steps.default(128).describe('Examples per step; the last batch of an epoch may be smaller'),
  evaluateEvery: epochs('How often to evaluate on the validation split').default(1),
  evaluationBatchSize: steps.default(250).describe('Examples per forward pass of an evaluation; changes memory and speed only'),
  trainEvaluationRows: z
    .number()
    .int()
    .nonnegative()
    .default(2000)
    .describe('Rows of the training split evaluated in inference mode beside each validation'),
  stopAfterNonFinite: steps
    .nullable()
    .default(10)
    .describe('End the run after this many training losses in a row that are NaN or infinite; null: go on'),
})

export const earlyStoppingSchema = z
  .strictObject({
    metric: z.enum(EVALUATION_METRICS).default('val/loss').describe('What must improve'),
    patience: steps.default(3).describe('Evaluations without improvement after which training ends'),
    minDelta: z.number().nonnegative().default(0).describe('A change counts as improvement when it is larger than this'),
    restoreBest: z.boolean().default(true).describe('Test, and end, with the weights of the best evaluation instead of the last'),
  })
  .nullable()

export const checkpointsSchema = z.strictObject({
  every: epochs('How often to keep the state of training').nullable().default(1),
  keepLast: z.number().int().positive().default(2).describe('Newest checkpoints kept'),
  keepBest: z.number().int().nonnegative().default(1).describe('Best checkpoints kept, by `metric`'),
  metric: z.enum(EVALUATION_METRICS).default('val/accuracy').describe('What makes a checkpoint the best'),
})

export const snapshotsSchema = z.strictObject({ every: epochs('How often to keep a snapshot for an ensemble') }).nullable()

export const probesSchema = z.union([
  z.literal(false),
  z.strictObject({
    updates: everySteps('Ratio of update to weight', 10),
    gradients: everySteps('Gradient norms', 10),
    histograms: automatic('Histogram of log10 |update/weight|', 'about 200 times in the run, at most every 20 steps'),
    activations: automatic(
      'Dead and saturated units, mean and deviation of each layer on fixed rows',
      'about 200 times in the run, at most every 50 steps',
    ),
    rows: z.number().int().min(2).max(4096).default(256).describe('Fixed rows of the training split that activations are measured on'),
    filters: automatic('Image of the first layer’s filters', 'at the start and with every evaluation'),
  }),
])

const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1)

export const seedSchema = seed.default(0).describe('Every other seed is derived from this one, unless given in `seeds`')

export const seedsSchema = z.strictObject({
  init: seed.optional().describe('Initial weights'),
  order: seed.optional().describe('Order of the training examples'),
  dropout: seed.optional().describe('Dropout masks'),
  augmentation: seed.optional().describe('Random choices of augmentation'),
  split: seed.optional().describe('Which examples are held out'),
})

export const fromSchema = z
  .strictObject({
    run: z
      .union([z.string().min(1), z.number().int()])
      .transform(String)
      .describe('Run whose weights to start from: name, #number or id'),
    checkpoint: z
      .union([z.enum(['best', 'last']), z.number().int().nonnegative()])
      .default('best')
      .describe('Which of its checkpoints: best, last or a step'),
    freeze: z.array(z.string()).default([]).describe('Layers that are not trained: names or globs, such as stage1-*'),
    reinitialise: z.array(z.string()).default([]).describe('Layers that begin with fresh weights: names or globs'),
  })
  .nullable()
