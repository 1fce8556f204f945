import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration, formatNumber } from '../../cli/format-value.ts'

describe('numbers in a terminal', () => {
  it.each([
    [0, '0'],
    [42, '42'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.333333'],
    [-123456.789, '-123457'],
    [1e-5, '1e-5'],
    [1.25e-7, '1.25e-7'],
    [1.2345e12 + 0.5, '1.2345e+12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('%d is written %s', (value, text) => expect(formatNumber(value)).toBe(text))

  it('never shows an integer as rounded', () => expect(formatNumber(123456789)).toBe('123456789'))
})

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.00 kB'],
  [999_999, '1.00 MB'],
  [123_456_789, '123 MB'],
  [5e15, '5.00 PB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

it.each([
  [-5, '0 ms'],
  [850, '850 ms'],
  [59_999, '59 s'],
  [185_000, '3 min 05 s'],
  [7_620_000, '2 h 07 min'],
  [273_600_000, '3 d 04 h'],
])('%d ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
