import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CheckpointState, decodeCheckpoint, encodeCheckpoint } from '../../../../trainer/lab/training/checkpoint-codec.ts'

const SEEDS = { init: 1, order: 2, dropout: 3, augmentation: 4, split: 5 }

const floats = (length: number) => fc.float32Array({ minLength: length, maxLength: length })
const state: fc.Arbitrary<CheckpointState> = fc.record({
  stepsDone: fc.nat(),
  seconds: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  seeds: fc.constant(SEEDS),
  configHash: fc.string(),
  classes: fc.array(fc.string()),
  inputShape: fc.constant([2, 3]),
  weights: fc.record({ 'a/kernel': floats(6), 'a/bias': floats(3), 'b/scalar': floats(1) }),
  shapes: fc.constant({ 'a/kernel': [2, 3], 'a/bias': [3], 'b/scalar': [] }),
  optimizer: fc.record({
    kind: fc.constant('adam'),
    iterations: fc.nat(),
    slots: fc.record({ 'a/kernel': fc.record({ m: floats(6), v: floats(6) }), 'a/bias': fc.record({ m: floats(3), v: floats(3) }) }),
  }),
  stopping: fc.option(fc.constant({ value: 0.25, step: 7, waited: 2 })),
  best: fc.constant({ value: null, step: null, waited: 3 }),
  bestWeights: fc.option(fc.record({ 'a/kernel': floats(6), 'a/bias': floats(3), 'b/scalar': floats(1) })),
  nonFiniteInRow: fc.nat(),
  start: fc.constant({ initialLoss: 'NaN', parameters: 10 }),
})

describe('a checkpoint', () => {
  it('comes back exactly, NaN, infinities and −0 among its numbers too', () => {
    fc.assert(fc.property(state, (one) => void expect(decodeCheckpoint(encodeCheckpoint(one))).toEqual(one)))
  })

  it('may lie anywhere in a buffer', () => {
    const [one] = fc.sample(state, 1) as [CheckpointState]
    const bytes = encodeCheckpoint(one)
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    expect(decodeCheckpoint(larger.subarray(3))).toEqual(one)
  })

  it('is refused when it is cut short, of another format, or something else', () => {
    const [one] = fc.sample(state, 1) as [CheckpointState]
    const bytes = encodeCheckpoint(one)
    expect(() => decodeCheckpoint(bytes.subarray(0, bytes.length - 4))).toThrow('cut short')
    const other = new TextDecoder('latin1').decode(bytes).replace('lossboard-lab-1', 'lossboard-lab-2')
    expect(() => decodeCheckpoint(Buffer.from(other, 'latin1'))).toThrow('has the format "lossboard-lab-2", this version reads lossboard-lab-1')
    for (const odd of [new Uint8Array(0), new Uint8Array(3), new TextEncoder().encode('PNG and so on')])
      expect(() => decodeCheckpoint(odd)).toThrow('no checkpoint of the lab')
  })
})
