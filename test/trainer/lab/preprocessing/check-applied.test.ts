import { describe, expect, it } from 'vitest'
import { findingKind } from '../../../../core/kinds/finding.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import { type BatchSource, makeBatches } from '../../../../trainer/lab/data/batch-source.ts'
import type { Examples } from '../../../../trainer/lab/data/examples.ts'
import { checkApplied, observeApplied } from '../../../../trainer/lab/preprocessing/check-applied.ts'
import { checkInputsAlike } from '../../../../trainer/lab/preprocessing/check-inputs-alike.ts'
import type { Preprocessing } from '../../../../trainer/lab/preprocessing/preprocessing.ts'
import { fitPreprocessing, preprocessSchema } from '../../../../trainer/lab/preprocessing/registry.ts'
import { images, positions, table } from '../examples.ts'

const fitOn = (kind: string, train: Examples) => fitPreprocessing(preprocessSchema.parse({ kind }), train)
const batches = (examples: Examples, preprocessing: Preprocessing) =>
  makeBatches(examples, { preprocessing, augmentation: null, classes: 2, batchSize: 8, orderSeed: 0, augmentationSeed: 0 })

const [train, validation, test] = [images(200, [5, 5, 1], 1), images(100, [5, 5, 1], 2), images(100, [5, 5, 1], 3)]
const KINDS = ['none', 'zero-centre', 'standardise', 'decorrelate', 'whiten']

describe('the proof that every split went through the same transform', () => {
  it.each(KINDS)('finds nothing where %s was applied to all', (kind) => {
    const fitted = fitOn(kind, train)
    const evidence = Object.entries({ train, validation, test }).map(([split, examples]) => observeApplied(split, fitted, batches(examples, fitted)))
    expect(checkApplied(fitted, evidence)).toBeNull()
    expect(evidence.map((one) => [one.rows, one.largestDifference])).toEqual([
      [64, 0],
      [64, 0],
      [64, 0],
    ])
  })

  it.each(KINDS.slice(1))('finds a test split that was fed without %s', (kind) => {
    const fitted = fitOn(kind, train)
    const evidence = [observeApplied('train', fitted, batches(train, fitted)), observeApplied('test', fitted, batches(test, fitOn('none', test)))]
    const finding = checkApplied(fitted, evidence)!
    expect(finding).toMatchObject({ code: 'preprocessing-mismatch', severity: 'critical' })
    expect(finding.title).toBe('The test inputs did not go through the preprocessing fitted on the training split')
    expect(finding.detail).toMatch(
      /^test: another transform was used \(fingerprint \w{12} instead of \w{12}; fed mean [\d.]+, deviation [\d.]+ over 64 rows\)/,
    )
    expect(findingKind.check(JSON.parse(JSON.stringify(finding)))).toEqual(finding)
  })

  it('finds a test split that was standardised with statistics of its own', () => {
    const fitted = fitOn('standardise', train)
    expect(checkApplied(fitted, [observeApplied('test', fitted, batches(test, fitOn('standardise', test)))])).not.toBeNull()
  })

  const broken = (change: (inputs: Float32Array) => Float32Array): BatchSource => {
    const source = batches(test, fitOn('standardise', train))
    return { ...source, rows: (at) => ({ ...source.rows(at), inputs: change(source.rows(at).inputs) }) }
  }

  it.each([
    ['was scaled once more', (inputs: Float32Array) => inputs.map((value) => value * 2), /differ by up to/],
    ['lost rows', (inputs: Float32Array) => inputs.slice(25), /another size/],
    ['has a NaN', (inputs: Float32Array) => inputs.map((value, i) => (i === 3 ? Number.NaN : value)), /differ by up to Infinity/],
  ])('finds a pipeline that claims the right fingerprint but %s', (_what, change, detail) => {
    const fitted = fitOn('standardise', train)
    const finding = checkApplied(fitted, [observeApplied('test', fitted, broken(change))])
    expect(finding?.detail).toMatch(detail)
    expect(findingKind.check(JSON.parse(JSON.stringify(finding)))).toEqual(finding)
  })

  it('is not asked of a split without rows', () => {
    const fitted = fitOn('standardise', train)
    const empty = { ...test, inputs: new Uint8Array(0), labels: new Int32Array(0), n: 0 }
    expect(checkApplied(fitted, [observeApplied('test', fitted, batches(empty, fitted))])).toBeNull()
  })
})

describe('inputs compared without fingerprints', () => {
  const fed = (split: string, examples: Examples, preprocessing: Preprocessing) => ({
    split,
    values: batches(examples, preprocessing).rows(positions(examples.n)).inputs,
    n: examples.n,
  })

  it.each(KINDS)('are alike where %s was applied to both', (kind) => {
    const fitted = fitOn(kind, train)
    expect(checkInputsAlike(fed('train', train, fitted), fed('test', test, fitted))).toBeNull()
  })

  it.each(KINDS.slice(1))('are not where the test split was fed without %s', (kind) => {
    const finding = checkInputsAlike(fed('train', train, fitOn(kind, train)), fed('test', test, fitOn('none', test)))!
    expect(finding).toMatchObject({ code: 'inputs-differ', severity: 'warning', title: 'The test inputs lie far from the train inputs' })
    expect(findingKind.check(JSON.parse(JSON.stringify(finding)))).toEqual(finding)
  })

  it('are not blamed for chance: small samples of one distribution stay quiet', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seededRandom(seed)
      const sample = (n: number) =>
        table(
          Float32Array.from({ length: n * 2 }, () => random() ** 3),
          2,
        )
      const [first, second] = [sample(60), sample(10)]
      const rows = (split: string, examples: Examples) => ({ split, values: examples.inputs as Float32Array, n: examples.n })
      expect(checkInputsAlike(rows('train', first), rows('test', second))).toBeNull()
    }
  })

  it('are not compared with fewer than ten rows, and constants are told from other constants', () => {
    const constant = (value: number, n: number) => ({ split: 'a', values: new Float32Array(n).fill(value), n })
    expect(checkInputsAlike(constant(0, 50), constant(9, 9))).toBeNull()
    expect(checkInputsAlike(constant(0, 50), constant(0, 50))).toBeNull()
    expect(checkInputsAlike(constant(0, 50), { ...constant(9, 50), split: 'b' })).not.toBeNull()
  })
})
