import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes } from '../../core/format-bytes.ts'
import { formatDuration, formatRelativeTime, formatTimestamp } from '../../core/format-duration.ts'
import { formatCount, formatExactNumber, formatNumber, formatSpread } from '../../core/format-number.ts'

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [0.1 + 0.2, '0.3'],
    [0.12345, '0.1235'],
    [0.9, '0.9'],
    [123.456, '123.5'],
    [12345.678, '12346'],
    [1234567, '1234567'],
    [123456789, '1.235e8'],
    [0.0001, '0.0001'],
    [0.00001234, '1.234e-5'],
    [1e-7, '1e-7'],
    [999999.9, '1000000'],
    [-0.05, '-0.05'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [5e-324, '4.941e-324'],
  ])('%d → %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  it('never differs from the value by more than the digits shown', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        expect(Math.abs(Number(formatNumber(value)) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-4)
      }),
    )
  })

  it('gives every digit when asked for the exact value', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatExactNumber(value)) === value).toBe(true)
      }),
    )
    expect(formatExactNumber(Number.NaN)).toBe('NaN')
  })
})

describe('formatSpread', () => {
  it.each([
    [0.93124, 0.00456, '0.9312', '0.0046'],
    [93.124, 0.456, '93.12', '0.46'],
    [1234.5, 56.7, '1235', '57'],
    [0.5, 0, '0.5', '0'],
    [0.5, null, '0.5', null],
    [1e-6, 2e-7, '1e-6', '2e-7'],
    [2e7, 3e6, '2e7', '3e6'],
  ])('%d ± %d', (mean, sd, meanText, sdText) => {
    expect(formatSpread(mean, sd)).toEqual({ mean: meanText, sd: sdText })
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [320, '320 ms'],
    [999.6, '1000 ms'],
    [4_230, '4.2 s'],
    [9_960, '10 s'],
    [59_600, '1m 00s'],
    [192_000, '3m 12s'],
    [3_599_700, '1h 00m'],
    [7_500_000, '2h 05m'],
    [86_399_999, '1d 00h'],
    [273_600_000, '3d 04h'],
    [-5, '0 ms'],
    [Number.NaN, '–'],
  ])('%d ms → %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

describe('times', () => {
  const now = new Date(2026, 2, 5, 14, 3, 9).getTime()
  it.each([
    [1_000, 'just now'],
    [40_000, '40 s ago'],
    [300_000, '5 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [2 * 86_400_000, '2 d ago'],
    [60 * 86_400_000, '2026-01-04'],
    [-2_000, 'just now'],
    [-86_400_000, '2026-03-06'],
  ])('%d ms ago → %s', (age, text) => {
    expect(formatRelativeTime(now - age, now)).toBe(text)
  })

  it('writes the exact time with its zone', () => {
    expect(formatTimestamp(now)).toMatch(/^2026-03-05 14:03:09 [+-]\d\d:\d\d$/)
    expect(Date.parse(formatTimestamp(now).replace(' ', 'T').replace(' ', ''))).toBe(now)
  })
})

describe('counts and bytes', () => {
  it('groups thousands', () => {
    expect([0, 999, 1_204, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,204', '1,234,567'])
  })
  it('uses binary units', () => {
    expect([0, 1023, 1536, 12 * 2 ** 20, 2.5 * 2 ** 30].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 KiB', '12 MiB', '2.5 GiB'])
  })
})
