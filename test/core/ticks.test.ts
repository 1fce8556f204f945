import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationTicks, linearTicks, logTicks, type Tick, wallTicks } from '../../core/ticks.ts'
import { truncateMiddle } from '../../core/truncate-middle.ts'

const labels = (ticks: Tick[]) => ticks.map((tick) => tick.label)

describe('linear ticks', () => {
  test.each([
    [0, 9371, 6, ['0', '2000', '4000', '6000', '8000']],
    [0, 12_000, 6, ['0', '2k', '4k', '6k', '8k', '10k', '12k']],
    [1e6, 1.3e6, 5, ['1.0M', '1.1M', '1.2M', '1.3M']],
    [0.1, 2.3, 5, ['0.5', '1.0', '1.5', '2.0']],
    [-1e-6, 3e-6, 5, ['-1e-6', '0', '1e-6', '2e-6', '3e-6']],
    [0.9991, 0.9995, 5, ['0.9991', '0.9992', '0.9993', '0.9994', '0.9995']],
  ])('%d to %d', (low, high, count, expected) => {
    expect(labels(linearTicks(low, high, count))).toEqual(expected)
  })

  test('steps get whole numbers only', () => {
    expect(labels(linearTicks(0, 2.5, 10, { integer: true }))).toEqual(['0', '1', '2'])
  })

  test('one value gives one tick', () => {
    expect(linearTicks(0.5, 0.5, 5)).toHaveLength(1)
  })

  test('ticks lie inside, ascend and have labels of their own', () => {
    const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 2, max: 10 }), (low, span, count) => {
        const high = low + span
        fc.pre(high - low > Math.abs(low) * 1e-9)
        const ticks = linearTicks(low, high, count)
        const slack = span * 1e-6
        expect(
          ticks.every((tick, i) => tick.value >= low - slack && tick.value <= high + slack && (i === 0 || tick.value > ticks[i - 1]!.value)),
        ).toBe(true)
        expect(new Set(labels(ticks)).size).toBe(ticks.length)
        expect(ticks.length).toBeLessThanOrEqual(count + 1)
      }),
    )
  })
})

describe('log ticks (in log10 units)', () => {
  test('decades when there are several', () => {
    expect(labels(logTicks(-3.2, 0.3, 5))).toEqual(['0.001', '0.01', '0.1', '1'])
    expect(labels(logTicks(-6, 3, 5))).toEqual(['1e-6', '1e-4', '0.01', '1', '100'])
  })
  test('digits within two decades', () => {
    expect(labels(logTicks(-0.5, 0.4, 5))).toEqual(['0.5', '1', '2'])
  })
  test('linear within one digit', () => {
    const ticks = logTicks(0, 0.1, 5)
    expect(labels(ticks)).toEqual(['1.0', '1.1', '1.2'])
    expect(ticks[1]!.value).toBeCloseTo(Math.log10(1.1))
  })
})

describe('time ticks', () => {
  test('durations in the unit the range calls for', () => {
    expect(labels(durationTicks(0, 90_000, 6))).toEqual(['0', '15s', '30s', '45s', '1m', '1m 15s', '1m 30s'])
    expect(labels(durationTicks(0, 7.5 * 3_600_000, 6))).toEqual(['0', '2h', '4h', '6h'])
    expect(labels(durationTicks(0, 3 * 86_400_000, 5))).toEqual(['0', '1d', '2d', '3d'])
    expect(labels(durationTicks(0, 900, 6))).toEqual(['0', '200ms', '400ms', '600ms', '800ms'])
  })
  test('wall times are round in the local zone and name the day where it changes', () => {
    const midnight = new Date(2026, 2, 3).getTime()
    expect(labels(wallTicks(midnight - 1_200_000, midnight + 1_200_000, 4))).toEqual(['23:40', '23:50', '03-03', '00:10', '00:20'])
  })
})

test('a long name keeps its beginning and its end', () => {
  expect(truncateMiddle('resnet50-cosine-warmup-seed-17', 17)).toBe('resnet50…-seed-17')
  expect(truncateMiddle('short', 17)).toBe('short')
})
