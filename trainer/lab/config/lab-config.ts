import { z } from 'zod'
import { augmentSchema } from '../augmentation/registry.ts'
import { dataSchema, splitSchema } from '../data/registry.ts'
import { lossSchema } from '../losses/registry.ts'
import { modelSchema } from '../models/registry.ts'
import { optimizerSchema } from '../optimizers/registry.ts'
import { preprocessSchema } from '../preprocessing/registry.ts'
import { scheduleSchema } from '../schedules/registry.ts'
import { DEFAULT_KINDS } from './default-kinds.ts'
import {
  checkpointsSchema,
  earlyStoppingSchema,
  fromSchema,
  probesSchema,
  seedSchema,
  seedsSchema,
  snapshotsSchema,
  trainSchema,
} from './loop-schema.ts'

const label = z.string().trim().min(1).max(250)

/** Everything that decides a run of the lab, one key per technique. Only `data` and `model` have no default. */
export const labConfigSchema = z.strictObject({
  $schema: z.string().optional().describe('Where editors find the schema of this file'),
  project: label.optional().describe('Runs of one project are shown and compared together; default: LOSSBOARD_PROJECT, else lab'),
  name: label.optional().describe('Name of the run; default: a made one'),
  group: label.optional().describe('Runs that belong together, such as the seeds of one variant'),
  tags: z.array(label).default([]).describe('Labels to filter by'),
  notes: z.string().default('').describe('Free text about the run'),
  data: dataSchema.describe('Where the examples come from'),
  split: splitSchema.prefault({}).describe('How much is held out for validation and test'),
  preprocess: preprocessSchema
    .prefault({ kind: DEFAULT_KINDS.preprocess })
    .describe('Transform fitted on the training split and applied to every split'),
  augment: augmentSchema.prefault({}).describe('Random changes of the training examples'),
  model: modelSchema.describe('The network'),
  loss: lossSchema.prefault({ kind: DEFAULT_KINDS.loss }).describe('What training makes small'),
  optimizer: optimizerSchema.prefault({ kind: DEFAULT_KINDS.optimizer }).describe('How weights are changed'),
  schedule: scheduleSchema.prefault({ kind: DEFAULT_KINDS.schedule }).describe('How the learning rate changes over the run'),
  train: trainSchema.prefault({}).describe('Length of training, batches and evaluation'),
  earlyStopping: earlyStoppingSchema.default(null).describe('End when an evaluation no longer improves; null: never'),
  checkpoints: checkpointsSchema.prefault({}).describe('Which states of training are kept'),
  snapshots: snapshotsSchema.default(null).describe('States kept for an ensemble of snapshots; null: none'),
  probes: probesSchema.prefault({}).describe('What is measured inside the network; false: nothing'),
  seed: seedSchema,
  seeds: seedsSchema.prefault({}).describe('Seeds given one by one instead of derived'),
  from: fromSchema.default(null).describe('Start from the weights of another run; null: from fresh ones'),
})

/** A config as people write it. */
export type LabConfig = z.input<typeof labConfigSchema>
/** A config with every default filled in. */
export type ResolvedLabConfig = z.output<typeof labConfigSchema>
