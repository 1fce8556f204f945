import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../core/run.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import { type Examples, rawRows } from '../../../../trainer/lab/data/examples.ts'
import { fitPreprocessing, preprocessingFromJson, preprocessSchema } from '../../../../trainer/lab/preprocessing/registry.ts'
import { images, positions, table } from '../examples.ts'

const fitOn = (config: Record<string, unknown>, train: Examples) => fitPreprocessing(preprocessSchema.parse(config), train)
const applied = (config: Record<string, unknown>, train: Examples) => fitOn(config, train).apply(rawRows(train, positions(train.n)), train.n)

/** The table that numpy and scikit-learn had for the expected values below: 20 rows of 4 features, the last a sum of others. */
const reference = (() => {
  const rows = new Float32Array(80)
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j < 3; j++) rows[i * 4 + j] = Math.sin(i) * 3 + Math.cos(2 * i * (j + 1)) * (j + 1) + 10 * j
    rows[i * 4 + 3] = rows[i * 4]! * 0.5 + rows[i * 4 + 1]!
  }
  return table(rows, 4)
})()
const row7 = (values: Float32Array, width = 4) => Array.from(values.subarray(7 * width, 8 * width))
const near = (values: number[], expected: number[], digits = 6) => expected.forEach((value, i) => void expect(values[i]).toBeCloseTo(value, digits))

/** Covariance of columns `i` and `j`. */
function covarianceOf(values: Float32Array, width: number, i: number, j: number): number {
  const n = values.length / width
  const mean = (column: number) => Array.from({ length: n }, (_, row) => values[row * width + column]!).reduce((sum, value) => sum + value, 0) / n
  const [a, b] = [mean(i), mean(j)]
  let sum = 0
  for (let row = 0; row < n; row++) sum += (values[row * width + i]! - a) * (values[row * width + j]! - b)
  return sum / n
}

describe('preprocessing', () => {
  it('none leaves floats as they are and takes bytes as pixels from 0 to 1', () => {
    expect(applied({ kind: 'none' }, reference)).toEqual(reference.inputs)
    expect(Math.max(...applied({ kind: 'none' }, images(50)))).toBeLessThanOrEqual(1)
  })

  it('zero-centre subtracts the mean image, or one mean per channel', () => {
    const train = images(40, [3, 4, 3])
    const centred = applied({ kind: 'zero-centre' }, train)
    for (let pixel = 0; pixel < 36; pixel++) {
      const mean = Array.from({ length: 40 }, (_, row) => centred[row * 36 + pixel]!).reduce((sum, value) => sum + value, 0) / 40
      expect(mean).toBeCloseTo(0, 6)
    }
    const byChannel = fitOn({ kind: 'zero-centre', per: 'channel' }, train)
    expect(byChannel.facts()).toMatchObject({ statistics: 3 })
    const rows = byChannel.apply(rawRows(train, positions(40)), 40)
    for (let channel = 0; channel < 3; channel++) {
      const values = rows.filter((_, i) => i % 3 === channel)
      expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0, 6)
    }
  })

  it('standardise is scikit-learn’s StandardScaler on tables (1.9.1)', () => {
    near(row7(applied({ kind: 'standardise' }, reference)), [0.9322669127936318, -0.01799276154702697, 0.3535178222659855, 0.2845427055477635])
  })

  it('standardise gives every channel of images mean 0 and deviation 1', () => {
    const rows = applied({ kind: 'standardise' }, images(60, [4, 4, 3]))
    for (let channel = 0; channel < 3; channel++) {
      const values = rows.filter((_, i) => i % 3 === channel)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(mean).toBeCloseTo(0, 6)
      expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length).toBeCloseTo(1, 5)
    }
  })

  it('standardise keeps a feature that never varies at 0, also for rows where it does, and says so', () => {
    const train = table(Float32Array.of(1, 0.1, 2, 0.1, 3, 0.1), 2)
    const preprocessing = fitOn({ kind: 'standardise' }, train)
    expect(preprocessing.facts()).toMatchObject({ constantInputs: 1, firstConstantInputs: [1] })
    expect(preprocessing.apply(Float32Array.of(2, 55), 1)).toEqual(Float32Array.of(0, 0))
  })

  it('is exact far from zero', () => {
    const train = table(
      Float32Array.from({ length: 100 }, (_, i) => 1e6 + (i % 2)),
      1,
    )
    const rows = applied({ kind: 'standardise' }, train)
    expect([rows[0], rows[1]]).toEqual([-1, 1])
    near(Array.from(applied({ kind: 'whiten', epsilon: 1e-12 }, train).subarray(0, 2)), [-1, 1], 5)
  })

  it('decorrelate and whiten give what numpy.linalg.eigh gives (numpy 2.4.6)', () => {
    near(row7(applied({ kind: 'decorrelate' }, reference)), [1.8906371949483094, 0.5605156321706801, 1.5275533682281535])
    near(row7(applied({ kind: 'whiten' }, reference)), [0.3656491597321742, 0.28784024030165656, 1.4097065406503053])
    near(
      row7(applied({ kind: 'whiten', zca: true }, reference)),
      [1.3550804275988166, -0.587513358711531, 0.11964373430548612, 0.08996837852043924],
      5,
    )
  })

  it('whiten is scikit-learn’s PCA(whiten=True) up to sign and its n − 1 (1.9.1)', () => {
    const rows = row7(applied({ kind: 'whiten', epsilon: 1e-12, components: 3 }, reference), 3).map(Math.abs)
    near(rows, [0.36564922811506695, 0.28784061983499654, 1.4097125436198255])
  })

  it('decorrelated components have no covariance, and the variances of the facts', () => {
    const rows = applied({ kind: 'decorrelate' }, reference)
    for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) expect(covarianceOf(rows, 4, i, j)).toBeCloseTo(0, 5)
    near(
      [0, 1, 2].map((i) => covarianceOf(rows, 4, i, i)),
      [26.73542383319975, 3.7920259071449407, 1.174171827945811],
      4,
    )
    expect(fitOn({ kind: 'decorrelate', components: 2 }, reference).facts()).toMatchObject({
      components: 2,
      componentsLeftOut: 2,
      varianceKept: expect.closeTo((26.73542383319975 + 3.7920259071449407) / (26.73542383319975 + 3.7920259071449407 + 1.174171827945811), 9),
    })
  })

  it('whitened training rows have the identity as covariance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (width, seed, zca) => {
        const n = 40 + (seed % 300)
        const random = seededRandom(seed)
        const train = table(
          Float32Array.from({ length: n * width }, (_, i) => random() * ((i % width) + 1) + (i % width)),
          width,
        )
        const rows = applied({ kind: 'whiten', epsilon: 1e-10, zca }, train)
        for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) expect(covarianceOf(rows, width, i, j)).toBeCloseTo(i === j ? 1 : 0, 4)
      }),
      { numRuns: 30 },
    )
  })

  it('rotations keep distances, and images stay images only where that has a meaning', () => {
    const train = images(30, [3, 3, 1])
    const raw = rawRows(train, positions(30))
    const rotated = fitOn({ kind: 'decorrelate' }, train)
    expect([rotated.shape, rotated.inputShape]).toEqual([[9], [3, 3, 1]])
    expect(fitOn({ kind: 'whiten', zca: true, components: 4 }, train).shape).toEqual([3, 3, 1])
    expect(fitOn({ kind: 'whiten', components: 4 }, train).shape).toEqual([4])
    const rows = rotated.apply(raw, 30)
    const distance = (values: Float32Array) => Math.hypot(...Array.from({ length: 9 }, (_, i) => values[i]! - values[9 + i]!))
    expect(distance(rows)).toBeCloseTo(distance(raw), 5)
  })

  it('finds components from a part of the training split when asked, and says how many', () => {
    expect(fitOn({ kind: 'whiten', fitExamples: 12 }, images(30, [2, 2, 1])).facts()).toMatchObject({ fittedOn: '12 training examples' })
  })

  it('does not change the raw rows', () => {
    for (const kind of ['none', 'zero-centre', 'standardise', 'decorrelate', 'whiten']) {
      const raw = reference.inputs.slice() as Float32Array
      fitOn({ kind }, reference).apply(raw, 20)
      expect(raw).toEqual(reference.inputs)
    }
  })
})

describe('a stored preprocessing', () => {
  const configs = [
    { kind: 'none' },
    { kind: 'zero-centre' },
    { kind: 'zero-centre', per: 'channel' },
    { kind: 'standardise' },
    { kind: 'decorrelate', components: 5 },
    { kind: 'whiten' },
    { kind: 'whiten', zca: true },
  ]
  const train = images(25, [3, 2, 2])

  it.each(configs)('gives the very same numbers after JSON: %j', (config) => {
    const preprocessing = fitOn(config, train)
    const again = preprocessingFromJson(JSON.parse(JSON.stringify(preprocessing.toJson())) as JsonObject)
    const raw = rawRows(images(7, [3, 2, 2], 9), positions(7))
    expect(again.apply(raw, 7)).toEqual(preprocessing.apply(raw, 7))
    expect(again.fingerprint).toBe(preprocessing.fingerprint)
    expect([again.shape, again.inputShape, again.kind]).toEqual([preprocessing.shape, preprocessing.inputShape, preprocessing.kind])
    expect(again.toJson()).toEqual(preprocessing.toJson())
    expect(again.facts()).toEqual(preprocessing.facts())
  })

  it('has a fingerprint of its own for each transform, the same when fitted again', () => {
    const fingerprints = configs.map((config) => fitOn(config, train).fingerprint)
    expect(new Set(fingerprints).size).toBe(configs.length)
    expect(configs.map((config) => fitOn(config, train).fingerprint)).toEqual(fingerprints)
    expect(fitOn({ kind: 'standardise' }, images(25, [3, 2, 2], 2)).fingerprint).not.toBe(fingerprints[3])
  })

  it('is refused when it was changed or is not whole', () => {
    const json = fitOn({ kind: 'standardise' }, train).toJson()
    const read = (changes: JsonObject) => () => preprocessingFromJson({ ...json, ...changes })
    expect(read({ fingerprint: 'x' })).toThrow('its parameters do not fit its fingerprint')
    expect(read({ kind: 'centre' })).toThrow('kind is "centre": it must be one of none, zero-centre')
    expect(read({ version: 2 })).toThrow('version is 2')
    expect(read({ mean: 'AAAA' })).toThrow('mean must hold 2 doubles')
    expect(read({ inputShape: [0] })).toThrow('inputShape')
    expect(read({ groups: 5 })).toThrow('groups is 5')
    expect(() => preprocessingFromJson({ ...fitOn({ kind: 'whiten' }, train).toJson(), shape: 'x' })).toThrow('shape and kept are missing')
  })
})

describe('preprocessing that cannot be', () => {
  it('is refused in one line', () => {
    const none: Examples = { shape: [2], inputs: new Float32Array(0), labels: new Int32Array(0), n: 0 }
    expect(() => fitOn({ kind: 'standardise' }, none)).toThrow('there are no training examples')
    expect(() => fitOn({ kind: 'whiten' }, table(Float32Array.of(1, 2), 2))).toThrow('at least 2 training examples')
    expect(() => fitOn({ kind: 'whiten', components: 5 }, reference)).toThrow('components is 5, but an example has only 4 inputs')
    expect(() => fitOn({ kind: 'decorrelate' }, images(3, [40, 40, 3]))).toThrow('2048 at most')
    expect(() => fitOn({ kind: 'standardise' }, reference).apply(new Float32Array(7), 2)).toThrow('2 examples of shape [4] have 8 values, got 7')
    expect(() => preprocessSchema.parse({ kind: 'whiten', epsilon: 0 })).toThrow()
    expect(() => preprocessSchema.parse({ kind: 'standardise', epsilon: 1 })).toThrow()
  })
})
