import type { ConfusionMatrixValue, FactsValue, ModelValue } from '../../kinds/values.ts'
import type { Json, JsonObject } from '../../run.ts'
import type { LayerFact, RunFacts } from '../run-facts.ts'

/** Facts read off a record, by its kind; the value is decoded. Null for a record that no rule reads. */
export function factsOfRecord(kind: string, name: string, step: number, value: unknown): RunFacts | null {
  if (kind === 'model') return { layers: (value as ModelValue).layers.map(layerFact) }
  if (kind === 'confusion-matrix') return confusionFacts(name, step, value as ConfusionMatrixValue)
  if (kind === 'facts' && name === 'data') return dataFacts((value as FactsValue).data)
  if (kind === 'facts' && name === 'training') return trainingFacts((value as FactsValue).data)
  return null
}

function layerFact({ name, type, trainable, weights, outputShape }: ModelValue['layers'][number]): LayerFact {
  const sizes = (weights ?? []).filter(({ shape }) => shape.length >= 2).map(({ shape }) => shape.reduce((size, n) => size * n, 1))
  return { name, type, trainable, kernelSize: sizes.length > 0 ? Math.max(...sizes) : null, units: outputShape.at(-1) ?? null }
}

/** The test split is looked at once, and is nobody's business during training. */
function confusionFacts(name: string, step: number, { split, counts, classes }: ConfusionMatrixValue): RunFacts | null {
  if (!/^val/.test(split ?? '') && !/val/.test(name)) return null
  return { confusion: { step, counts, classes }, classes: classes.length }
}

/** What the lab logs as `data`; from elsewhere: `classes`, a number or a list of names, and `classCounts`. */
function dataFacts(data: JsonObject): RunFacts {
  const facts: RunFacts = {}
  const { classes, classCounts, splits } = data
  if (Array.isArray(classes) && classes.length >= 2) facts.classes = classes.length
  else if (typeof classes === 'number' && Number.isInteger(classes) && classes >= 2) facts.classes = classes
  const train = isObject(splits) ? splits.train : undefined
  const counts = numbers(classCounts) ?? (isObject(train) ? numbers(train.classes ?? train.classCounts ?? train.counts) : null)
  if (counts) facts.classCounts = counts
  const examples = isObject(train) ? (train.n ?? train.examples) : undefined
  if (typeof examples === 'number') facts.trainExamples = examples
  else if (counts) facts.trainExamples = counts.reduce((sum, n) => sum + n, 0)
  const validation = isObject(splits) && isObject(splits.validation) ? (splits.validation.n ?? splits.validation.examples) : undefined
  if (typeof validation === 'number') facts.validationExamples = validation
  return facts
}

const TRAINING_NUMBERS = [
  'expectedInitialLoss',
  'initialLoss',
  'batchSize',
  'trainExamples',
  'validationExamples',
  'totalSteps',
  'totalEpochs',
  'stepsPerEpoch',
  'targetAccuracy',
] as const

/** What Lossboard's trainers log as `training`. */
function trainingFacts(data: JsonObject): RunFacts {
  const facts: RunFacts = {}
  for (const name of TRAINING_NUMBERS) if (isFiniteNumber(data[name])) facts[name] = data[name]
  if (isFiniteNumber(data.classes) && data.classes >= 2) facts.classes = data.classes
  // Of a softmax over as many outputs as there are classes; a single output is a yes or no.
  else if (isFiniteNumber(data.outputs) && data.outputs >= 2 && /softmax|categorical/i.test(`${String(data.outputActivation)} ${String(data.loss)}`))
    facts.classes = data.outputs
  const counts = numbers(data.classCounts)
  if (counts) facts.classCounts = counts
  if (typeof data.loss === 'string') facts.loss = data.loss
  return facts
}

function isFiniteNumber(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** Numbers of a list, or of an object by class name; null for anything else. */
function numbers(value: Json | undefined): number[] | null {
  const list = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  return list.length > 0 && list.every((one) => typeof one === 'number' && Number.isFinite(one)) ? (list as number[]) : null
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
