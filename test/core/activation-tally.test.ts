import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ActivationRule, tallyActivations } from '../../core/activation-tally.ts'

const RECTIFIER: ActivationRule = { kind: 'zero' }
const TANH: ActivationRule = { kind: 'saturated', low: -0.97, high: 0.97 }
const dense = (outer: number, units: number) => ({ outer, units, inner: 1 })

describe('activations over a probe batch', () => {
  it('have the mean and deviation of their values, to the last digits also around a large mean', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 1 }), fc.constantFrom(0, 4096), (values, offset) => {
        const floats = Float32Array.from(values, (value) => value + offset)
        const mean = floats.reduce((sum, value) => sum + value, 0) / floats.length
        const variance = floats.reduce((sum, value) => sum + (value - mean) ** 2, 0) / floats.length
        const found = tallyActivations(floats, dense(1, floats.length), null)
        expect(found.mean).toBeCloseTo(mean, 9)
        expect(found.std).toBeCloseTo(Math.sqrt(variance), 6)
      }),
    )
    expect(tallyActivations(new Float32Array(9).fill(0.1), dense(3, 3), null).std).toBe(0)
  })

  it('are dead where a unit is 0 in every row and place', () => {
    // Rows of three units: the first never fires, the last fires once.
    const values = Float32Array.of(0, 1, 0, 0, 2, 0, 0, 0, 0.5)
    expect(tallyActivations(values, dense(3, 3), RECTIFIER).deadFraction).toBe(1 / 3)
    // The same numbers as channels first: every channel fires somewhere.
    expect(tallyActivations(values, { outer: 1, units: 3, inner: 3 }, RECTIFIER).deadFraction).toBe(0)
    expect(tallyActivations(new Float32Array(9), dense(3, 3), RECTIFIER).deadFraction).toBe(1)
    // −0 is 0, NaN is not.
    expect(tallyActivations(Float32Array.of(-0, Number.NaN), dense(1, 2), RECTIFIER)).toMatchObject({ deadFraction: 0.5, mean: Number.NaN })
  })

  it('are saturated beyond the bounds; a unit is when more than half of its values are', () => {
    const values = Float32Array.of(0.99, -0.99, 0, 0.98, 0.5, 0, -0.98, -0.99, 0.97, 0.1, 0.2, 0)
    // Unit 0 in three of four rows, unit 1 in two, unit 2 (0.97 rounded to float32 lies just above or below the double) in at most one.
    const found = tallyActivations(values, dense(4, 3), TANH)
    expect(found.saturatedUnits).toBe(1 / 3)
    expect(found.saturatedFraction).toBe((5 + (Math.fround(0.97) > 0.97 ? 1 : 0)) / 12)
    expect(found.deadFraction).toBeNull()
    expect(tallyActivations(Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY), dense(1, 2), TANH)).toMatchObject({ saturatedFraction: 0.5 })
  })

  it('of no rows have nothing to tell', () => {
    expect(tallyActivations(new Float32Array(0), dense(0, 3), RECTIFIER)).toMatchObject({ mean: Number.NaN, deadFraction: null })
  })
})
