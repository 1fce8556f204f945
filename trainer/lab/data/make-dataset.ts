import { LossboardError } from '../../../core/errors.ts'
import { contentHash } from './content-hash.ts'
import type { CommonOptions, SourceData } from './data-source.ts'
import { type Dataset, type Examples, imageShape, selectExamples } from './examples.ts'
import { imputeMeans } from './impute-means.ts'
import { flipLabels } from './label-noise.ts'
import { keepClasses } from './only-classes.ts'
import { overlap } from './overlap.ts'
import { countOf, countsByClass, DRAW, draw, type SplitConfig } from './split.ts'

export interface DatasetPlan {
  name: string
  options: CommonOptions
  split: SplitConfig
  splitSeed: number
}

/** Splits what a source read, limits it, adds label noise, and records what came of it. */
export function makeDataset(read: SourceData, { name, options, split, splitSeed }: DatasetPlan): Dataset {
  const source = options.onlyClasses ? keepClasses(read, options.onlyClasses.map(String)) : read
  const classes = source.classes.length
  const parts = splitSource(source, split, splitSeed)
  const limited = {
    train: limit(parts.train, options.limit?.train, classes, splitSeed, DRAW.limitTrain),
    validation: limit(parts.validation, options.limit?.validation, classes, splitSeed, DRAW.limitValidation),
    test: limit(parts.test, options.limit?.test, classes, splitSeed, DRAW.limitTest),
  }
  if (limited.train.n === 0) throw new LossboardError('invalid_option', `data ${name}: the split leaves no training examples`)
  const filled = source.fillMissing && imputeMeans(limited, source.fillMissing.features)
  const noise = options.labelNoise > 0 ? flipLabels(limited.train.labels, classes, options.labelNoise, splitSeed) : null
  const train = noise ? { ...limited.train, labels: noise.labels } : limited.train
  const { validation, test } = limited
  const counts = (examples: Examples, before: Examples) => ({
    examples: examples.n,
    leftOutByLimit: before.n - examples.n,
    classes: countsByClass(examples.labels, source.classes),
  })
  return {
    name,
    classes: source.classes,
    task: 'classification',
    image: imageShape(train.shape) !== null,
    train,
    validation,
    test,
    hashes: { train: contentHash(train), validation: contentHash(validation), test: contentHash(test) },
    facts: {
      ...source.facts,
      name,
      shape: train.shape,
      splits: { train: counts(train, parts.train), validation: counts(validation, parts.validation), test: counts(test, parts.test) },
      splitSeed,
      stratified: split.stratify,
      ownTestSplit: source.test !== null,
      ownValidationSplit: source.validation !== null,
      // Before label noise, which gives equal inputs other labels on purpose.
      duplicates: overlap(limited),
      ...(noise ? { flippedTrainingLabels: noise.flipped } : {}),
      ...(filled ? { missingFilledWithTrainingMean: filled } : {}),
    },
  }
}

function splitSource(source: SourceData, split: SplitConfig, seed: number): { train: Examples; validation: Examples; test: Examples } {
  const { labels, n } = source.train
  const options = { classes: source.classes.length, stratify: split.stratify, seed }
  const testCount = source.test ? 0 : countOf(split.test, n)
  const validationCount = source.validation ? 0 : countOf(split.validation, n)
  if (testCount + validationCount >= n && n > 0)
    throw new LossboardError(
      'invalid_option',
      `split: validation (${validationCount}) and test (${testCount}) leave nothing of ${n} examples to train on: make them smaller`,
    )
  const all = Int32Array.from(labels, (_, i) => i)
  const { drawn: test, rest } = draw(all, labels, testCount, { ...options, purpose: DRAW.test })
  const { drawn: validation, rest: train } = draw(rest, labels, validationCount, { ...options, purpose: DRAW.validation })
  return {
    train: train.length === n ? source.train : selectExamples(source.train, train),
    validation: source.validation ?? selectExamples(source.train, validation),
    test: source.test ?? selectExamples(source.train, test),
  }
}

function limit(examples: Examples, most: number | undefined, classes: number, seed: number, purpose: number): Examples {
  if (most === undefined || most >= examples.n) return examples
  const all = Int32Array.from(examples.labels, (_, i) => i)
  const { drawn } = draw(all, examples.labels, most, { classes, stratify: true, seed, purpose })
  return selectExamples(examples, drawn)
}
