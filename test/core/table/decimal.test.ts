import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDecimals, toSignedDecimals, uncertaintyPlaces } from '../../../core/table/decimal.ts'

describe('rounding in decimal', () => {
  it.each([
    [1.005, 2, 0, '1.01'],
    [0.285, 2, 0, '0.29'],
    [0.9435, 1, 2, '94.4'],
    [-0.004, 2, 0, '0.00'],
    [-0.005, 2, 0, '-0.01'],
    [94.27 - 92.69, 2, 0, '1.58'],
    [0, 3, 0, '0.000'],
    [999.9996, 3, 0, '1000.000'],
    [1e21, 0, 0, '1000000000000000000000'],
    [1.5e-9, 2, 2, '0.00'],
    [12345.6789, 0, 0, '12346'],
    [Number.NaN, 2, 0, 'NaN'],
    [Number.NEGATIVE_INFINITY, 2, 0, '-Inf'],
  ])('%d with %d decimals and 10^%d is %s', (value, places, power, text) => {
    expect(toDecimals(value, places, power)).toBe(text)
  })

  it('rounds every half between 0.9005 and 0.9495 up when shown as percent with one decimal', () => {
    for (let i = 0; i < 50; i++) {
      const tenths = 9005 + 10 * i
      expect(toDecimals(tenths / 10_000, 1, 2)).toBe(((tenths + 5) / 100).toFixed(1))
    }
  })

  it('agrees with whole-number arithmetic on thousandths', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), (thousandths) => {
        const hundredths = Math.trunc((Math.abs(thousandths) + 5) / 10)
        const text = `${thousandths < 0 && hundredths > 0 ? '-' : ''}${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
        expect(toDecimals(thousandths / 1000, 2)).toBe(text)
      }),
    )
  })

  it('is never further than half a unit of the last place away', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 6 }), (value, places) => {
        expect(Math.abs(Number(toDecimals(value, places)) - value)).toBeLessThanOrEqual(0.5000001 * 10 ** -places + Math.abs(value) * 1e-11)
      }),
    )
  })
})

it('signs a difference on both sides, and not at all when it rounds to zero', () => {
  expect([1.2, -1.2, 0.001, -0.001, 0].map((value) => toSignedDecimals(value, 1))).toEqual(['+1.2', '-1.2', '0.0', '0.0', '0.0'])
})

describe('digits by uncertainty', () => {
  it.each([
    [0.0962, 1, 0, 1],
    [0.0962, 2, 0, 3],
    [9.96, 2, 0, 0],
    [0.17, 1, 0, 1],
    [0.0017, 1, 2, 1],
    [0.0017, 2, 2, 2],
    [12, 1, 0, 0],
    [0.95, 1, 0, 0],
    [0.094, 1, 0, 2],
  ])('%d with %d figures (10^%d) needs %d decimals', (uncertainty, figures, power, places) => {
    expect(uncertaintyPlaces(uncertainty, figures, power)).toBe(places)
  })

  it('says nothing for an uncertainty of zero, NaN or infinity', () => {
    expect([0, Number.NaN, Number.POSITIVE_INFINITY].map((value) => uncertaintyPlaces(value, 1))).toEqual([null, null, null])
  })
})
