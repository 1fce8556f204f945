import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { augmentSchema, makeAugmentation } from '../../../../trainer/lab/augmentation/registry.ts'
import { makeBatches } from '../../../../trainer/lab/data/batch-source.ts'
import type { Examples } from '../../../../trainer/lab/data/examples.ts'
import { fitPreprocessing, preprocessSchema } from '../../../../trainer/lab/preprocessing/registry.ts'
import { images, positions, table } from '../examples.ts'

interface Changes {
  batchSize?: number
  orderSeed?: number
  augmentationSeed?: number
  augment?: Record<string, unknown>
  preprocess?: Record<string, unknown>
}

function source(
  examples: Examples,
  { batchSize = 4, orderSeed = 1, augmentationSeed = 2, augment = {}, preprocess = { kind: 'none' } }: Changes = {},
) {
  return makeBatches(examples, {
    preprocessing: fitPreprocessing(preprocessSchema.parse(preprocess), examples),
    augmentation: makeAugmentation(augmentSchema.parse(augment), examples.shape, 2),
    classes: 2,
    batchSize,
    orderSeed,
    augmentationSeed,
  })
}

/** Examples whose only input is their own position. */
const numbered = (n: number) =>
  table(
    Float32Array.from({ length: n }, (_, i) => i),
    1,
  )

describe('batches', () => {
  it('go over every example once per epoch, whatever the batch size; the last batch is smaller', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 3 }), (n, batchSize, epoch) => {
        const batches = source(numbered(n), { batchSize })
        expect(batches.stepsPerEpoch).toBe(Math.ceil(n / batchSize))
        const steps = positions(batches.stepsPerEpoch).map((i) => batches.batch(epoch * batches.stepsPerEpoch + i))
        expect(steps.flatMap((batch) => [...batch.inputs]).sort((a, b) => a - b)).toEqual(positions(n))
        expect(steps.at(-1)!.n).toBe(batches.lastBatchSize)
        for (const batch of steps.slice(0, -1)) expect(batch.n).toBe(batchSize)
      }),
    )
  })

  it('come in another order each epoch and for each seed, the same for the same', () => {
    const order = (orderSeed: number, epoch: number) => [...source(numbered(20), { batchSize: 20, orderSeed }).batch(epoch).inputs]
    expect(order(1, 0)).toEqual(order(1, 0))
    const orders = [order(1, 0), order(1, 1), order(2, 0), order(2, 1)]
    expect(new Set(orders.map(String)).size).toBe(4)
  })

  it('are a pure function of the step: taken backwards, or after a resume, they are the same', () => {
    const settings = { augment: { flip: true, shift: 1, mixup: 0.3 }, preprocess: { kind: 'whiten' } }
    const forwards = source(images(10), settings)
    const there = positions(9).map((step) => forwards.batch(step))
    const backwards = source(images(10), settings)
    const back = positions(9)
      .reverse()
      .map((step) => backwards.batch(step))
      .reverse()
    expect(back).toEqual(there)
    expect(source(images(10), settings).batch(7)).toEqual(there[7])
  })

  it('are augmented differently at each step and each seed, with the order left alone', () => {
    const settings = { augment: { shift: 2 }, batchSize: 10 }
    const first = source(images(10), settings)
    expect(source(images(10), { ...settings, augmentationSeed: 9 }).batch(0).inputs).not.toEqual(first.batch(0).inputs)
    expect(source(images(10), { ...settings, augmentationSeed: 9 }).batch(0).labels).toEqual(first.batch(0).labels)
    expect(source(images(1), { augment: { shift: 2 } }).batch(0).inputs).not.toEqual(source(images(1), { augment: { shift: 2 } }).batch(1).inputs)
  })

  it('carry one-hot targets beside their labels', () => {
    const batch = source(images(6), { batchSize: 6 }).batch(0)
    batch.labels.forEach((label, row) => void expect([...batch.targets.subarray(2 * row, 2 * row + 2)]).toEqual(label === 0 ? [1, 0] : [0, 1]))
  })

  it('augment raw pixels before preprocessing: what comes in is black, not the mean', () => {
    const examples = images(50, [4, 4, 1])
    const batches = source(examples, { augment: { cutout: 4 }, preprocess: { kind: 'standardise' } })
    const black = fitPreprocessing(preprocessSchema.parse({ kind: 'standardise' }), examples).apply(new Float32Array(16), 1)[0]!
    expect(black).toBeLessThan(-0.5)
    expect([...batches.batch(0).inputs].filter((value) => value === black).length).toBeGreaterThan(4)
    expect([...batches.augmented(0).inputs].filter((value) => value === 0).length).toBeGreaterThan(4)
  })

  it('give rows by position without augmentation, the same with costly transforms that are kept', () => {
    const examples = images(12, [9, 9, 1])
    for (const preprocess of [{ kind: 'standardise' }, { kind: 'whiten' }]) {
      const batches = source(examples, { preprocess, augment: { shift: 3 } })
      const fitted = fitPreprocessing(preprocessSchema.parse(preprocess), examples)
      for (const at of [[3, 3, 0], [0, 11], positions(12), []]) {
        const rows = batches.rows(at)
        expect(rows.inputs).toEqual(fitted.apply(batches.raw(at), at.length))
        expect([...rows.labels]).toEqual(at.map((position) => position % 2))
      }
    }
    expect(fitPreprocessing(preprocessSchema.parse({ kind: 'whiten' }), examples).costly).toBe(true)
  })

  it('say how many of each class there are, and with what they are transformed', () => {
    const batches = source(images(5), { preprocess: { kind: 'standardise' } })
    expect(batches.classCounts).toEqual([3, 2])
    expect(batches.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(batches.shape).toEqual([4, 4, 1])
  })

  it('are refused for sizes and steps that do not exist', () => {
    expect(() => source(images(5), { batchSize: 0 })).toThrow('batchSize is 0')
    expect(() => source(images(5)).batch(-1)).toThrow('batch step is -1')
    expect(() => source(images(5)).batch(0.5)).toThrow('batch step is 0.5')
  })

  it('of an empty split are none', () => {
    const preprocessing = fitPreprocessing(preprocessSchema.parse({ kind: 'standardise' }), images(5))
    const empty = { ...images(0), n: 0 }
    const batches = makeBatches(empty, { preprocessing, augmentation: null, classes: 2, batchSize: 4, orderSeed: 0, augmentationSeed: 0 })
    expect([batches.stepsPerEpoch, batches.lastBatchSize, batches.rows([]).n]).toEqual([0, 0, 0])
    expect(() => batches.batch(0)).toThrow('there are no examples')
  })
})
