import type { Tensor } from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../core/seeded-random.ts'
import { loadTf } from '../../../trainer/tfjs/load-tf.ts'
import { measureByLoop } from '../../../trainer/tfjs/measure-by-loop.ts'
import { measureByTensorOps } from '../../../trainer/tfjs/measure-by-tensor-ops.ts'
import type { WeightSample } from '../../../trainer/tfjs/measurement.ts'
import type { Tf } from '../../../trainer/tfjs/tf.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})
afterEach(async () => {
  await tf.setBackend('wasm')
})

const SIZE = 20_000

/** Updates spread over 11 decades, with some of everything that has no bin. */
function sample(seed: number): WeightSample {
  const random = seededRandom(seed)
  const before = Float32Array.from({ length: SIZE }, () => (random() * 2 - 1) * 0.1)
  const after = before.map((weight) => weight * (1 + 10 ** (random() * 11 - 8.5) * Math.sign(random() - 0.5)))
  const gradient = Float32Array.from({ length: SIZE }, () => (random() < 0.1 ? 0 : random() - 0.5))
  before.set([0, 1e-13, 1, 1, Number.NaN, Number.POSITIVE_INFINITY, 2, 0])
  after.set([1, 1, Number.POSITIVE_INFINITY, Number.NaN, 1, 1, 2, 0])
  const tensor = (values: Float32Array): Tensor => tf.tensor2d(values, [SIZE / 4, 4])
  return { label: `layer${seed}`, isKernel: true, weights: { before: tensor(before), after: tensor(after) }, gradient: tensor(gradient) }
}

const finiteOnly = (one: WeightSample): WeightSample => {
  const clean = (tensor: Tensor): Tensor => tensor.reshape([SIZE]).slice(8)
  return { ...one, weights: { before: clean(one.weights!.before), after: clean(one.weights!.after) }, gradient: clean(one.gradient!) }
}

const ALL = { ratios: true, gradients: true, histograms: true }

describe.each(['cpu', 'wasm'])('tensor ops and the loop on %s', (backend) => {
  it('count the same: counters exactly, bins but for elements at an edge', async () => {
    await tf.setBackend(backend)
    const samples = [sample(1), sample(2)]
    const loop = measureByLoop(tf, samples, ALL)
    const { result, decode } = measureByTensorOps(tf, samples, ALL)
    const ops = decode(result.dataSync<'float32'>())
    ops.forEach(({ slots, lostShare }, i) => {
      const exact = loop[i]!.slots!
      expect([...slots!.subarray(0, 3)]).toEqual([...exact.subarray(0, 3)])
      expect(slots!.reduce((sum, count) => sum + count, 0)).toBe(SIZE)
      const moved = slots!.reduce((sum, count, slot) => sum + Math.abs(count - exact[slot]!), 0) / 2
      expect(moved).toBeLessThanOrEqual(SIZE * 2e-4)
      expect(lostShare).toBeCloseTo(loop[i]!.lostShare!, 6)
    })
  })

  it('give the same ratios and norms to float32 precision', async () => {
    await tf.setBackend(backend)
    const samples = [finiteOnly(sample(3)), finiteOnly(sample(4))]
    const { result, decode } = measureByTensorOps(tf, samples, ALL)
    const ops = decode(result.dataSync<'float32'>())
    measureByLoop(tf, samples, ALL).forEach((exact, i) => {
      const relative = (a: number, b: number) => Math.abs(a - b) / b
      expect(relative(ops[i]!.squares!.updateSquares, exact.squares!.updateSquares)).toBeLessThan(1e-5)
      expect(relative(ops[i]!.squares!.weightSquares, exact.squares!.weightSquares)).toBeLessThan(1e-5)
      expect(relative(ops[i]!.gradientSquares!, exact.gradientSquares!)).toBeLessThan(1e-5)
    })
  })

  it.each([
    { ratios: true, gradients: false, histograms: false },
    { ratios: false, gradients: true, histograms: false },
    { ratios: false, gradients: false, histograms: true },
  ])('measure only what is asked for: %j', async (wanted) => {
    await tf.setBackend(backend)
    const bias: WeightSample = { label: 'bias', isKernel: false, weights: null, gradient: tf.tensor1d([3, 4]) }
    const silent: WeightSample = { label: 'silent', isKernel: false, weights: null, gradient: null }
    const samples = [sample(5), bias, silent]
    const { result, decode } = measureByTensorOps(tf, samples, wanted)
    const present = (measurements: ReturnType<typeof measureByLoop>) =>
      measurements.map((one) => [one.label, one.squares !== null, one.slots !== null, one.lostShare !== null, one.gradientSquares !== null])
    const ops = decode(result.dataSync<'float32'>())
    expect(present(ops)).toEqual(present(measureByLoop(tf, samples, wanted)))
    expect(ops[1]!.gradientSquares).toBe(wanted.gradients ? 25 : null)
  })
})
