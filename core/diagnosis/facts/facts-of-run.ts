import type { Json, JsonObject } from '../../run.ts'
import { fromStoredNumber, isStoredNumber } from '../../stored-number.ts'
import type { RunFacts } from '../run-facts.ts'

/**
 * Names of settings that state a size of the problem. Nothing that names a fault (an init scale, a noise rate, a flag) is read:
 * rules look at what happened.
 */
const SETTINGS: Record<'classes' | 'batchSize' | 'totalEpochs' | 'totalSteps', readonly string[]> = {
  classes: ['num_classes', 'n_classes', 'numClasses', 'nclasses', 'classes', 'num_labels', 'output_classes'],
  batchSize: ['batch_size', 'batchSize', 'batchsize', 'train_batch_size', 'per_device_train_batch_size', 'bs'],
  totalEpochs: ['epochs', 'num_epochs', 'num_train_epochs', 'max_epochs', 'n_epochs'],
  totalSteps: ['max_steps', 'total_steps', 'num_steps', 'num_training_steps', 'maxSteps', 'totalSteps'],
}
/** Sections that people put such settings into. */
const SECTIONS = ['train', 'training', 'trainer', 'data', 'dataset', 'model', 'args', 'hparams', 'hyperparameters', 'params', 'config']

/** Facts read off a run's config and summary. Only numbers that make sense are taken. */
export function factsOfRun({ config = {}, summary = {} }: { config?: JsonObject; summary?: JsonObject }): RunFacts {
  const facts: RunFacts = {}
  const sections = [config, ...SECTIONS.flatMap((name) => (isObject(config[name]) ? [config[name] as JsonObject] : []))]
  for (const [fact, names] of Object.entries(SETTINGS) as [keyof typeof SETTINGS, readonly string[]][]) {
    const value = sections.flatMap((section) => names.map((name) => section[name])).find((one) => typeof one === 'number' && one > 0)
    if (typeof value === 'number' && (fact !== 'classes' || (Number.isInteger(value) && value >= 2))) facts[fact] = value
  }
  const loss = config.loss
  if (typeof loss === 'string') facts.loss = loss
  else if (isObject(loss) && typeof loss.kind === 'string') facts.loss = loss.kind
  const overfit = sections.map((section) => section.overfit_batches).find((one) => typeof one === 'number')
  if (typeof overfit === 'number' && overfit > 0) facts.smallSample = true
  if (isStoredNumber(summary.initialLoss)) facts.initialLoss = fromStoredNumber(summary.initialLoss)
  if (typeof summary.expectedInitialLoss === 'number') facts.expectedInitialLoss = summary.expectedInitialLoss
  return facts
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
