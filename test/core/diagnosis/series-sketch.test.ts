import { describe, expect, it } from 'vitest'
import { MOST_BINS } from '../../../core/diagnosis/series/bin-columns.ts'
import { SeriesSketch } from '../../../core/diagnosis/series/series-sketch.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { curve, falling } from './curves.ts'

function sketch(step: number[], value: number[]): SeriesSketch {
  const made = new SeriesSketch()
  made.add(step, value)
  return made
}

/** Everything rules can read. */
function readable(one: SeriesSketch): unknown {
  const { curve: seen, ends, spikes, nonFinite, points, outOfOrder, restarts, lastStep } = one
  return { ...seen, first: ends.first, last: ends.last, kept: spikes.kept, ended: spikes.ended, nonFinite, points, outOfOrder, restarts, lastStep }
}

describe('a series sketch', () => {
  it('is the same in pieces of any size', () => {
    const random = seededRandom(5)
    for (let trial = 0; trial < 20; trial++) {
      const { step, value } = curve(1 + Math.floor(random() * 2000), falling(3, 0.2), { noise: 0.3, seed: trial, every: trial % 3 === 0 ? 7 : 1 })
      for (let i = 0; i < value.length; i++) {
        if (random() < 0.01) value[i] = [Number.NaN, Number.POSITIVE_INFINITY, 1e9][Math.floor(random() * 3)]!
        if (random() < 0.002) for (let j = i; j < step.length; j++) step[j]! -= 30
        if (random() < 0.005) step[i] = Math.floor(random() * 100)
      }
      const whole = sketch(step, value)
      const pieces = new SeriesSketch()
      for (let from = 0; from < step.length; ) {
        const to = from + 1 + Math.floor(random() * random() * 200)
        pieces.add(step.slice(from, to), value.slice(from, to))
        if (random() < 0.3) pieces.curve
        from = to
      }
      expect(readable(pieces)).toEqual(readable(whole))
    }
  })

  it('keeps every point of a short series', () => {
    const { step, value } = curve(50, falling(2, 1), { every: 1000 })
    const { curve: seen } = sketch(step, value)
    expect([...seen.step]).toEqual(step)
    expect([...seen.value]).toEqual(value)
  })

  it('holds a long series in bins of equal steps, with the median against outliers', () => {
    const { step, value } = curve(200_000, () => 1, { noise: 0.1 })
    value[77_777] = 1e6
    const { curve: seen, points } = sketch(step, value)
    expect(points).toBe(200_000)
    expect(seen.n).toBeLessThanOrEqual(MOST_BINS)
    expect(seen.points).toBe(200_000)
    expect(Math.max(...seen.max)).toBe(1e6)
    for (const one of seen.value) expect(Math.abs(one - 1)).toBeLessThan(0.1)
    expect(seen.deviation[0]).toBeCloseTo(0.1, 1)
  })

  it('weighs dense and sparse stretches by steps', () => {
    const step = [...Array.from({ length: 1000 }, (_, i) => i), ...Array.from({ length: 1000 }, (_, i) => 1000 + i * 500)]
    const { curve: seen } = sketch(step, step)
    expect(seen.indexAt(1000)).toBeLessThan(4)
    expect(seen.lastStep).toBe(500_500)
  })

  it('forgets what a resumed run logs again, and leaves out a stray point', () => {
    const first = curve(1000, () => 5)
    const again = curve(500, () => 1, { first: 600 })
    const resumed = sketch([...first.step, ...again.step], [...first.value, ...again.value])
    expect(resumed.restarts).toBe(1)
    expect(resumed.lastStep).toBe(1099)
    const { curve: seen } = resumed
    for (let i = 0; i < seen.n; i++) expect(seen.value[i]).toBe(seen.step[i]! < 600 ? 5 : 1)
    const stray = sketch([...first.step, 17, 1000], [...first.value, 99, 5])
    expect([stray.restarts, stray.outOfOrder, Math.max(...stray.curve.max)]).toEqual([0, 1, 5])
  })

  it('finds outliers, one per excursion, not a level that shifts', () => {
    const { step, value } = curve(4000, () => 1, { noise: 0.05 })
    for (const at of [1000, 1001, 2000, 3500]) value[at] = 20
    const { spikes } = sketch(step, value)
    expect(spikes.kept.map(({ step: at, length }) => [at, length])).toEqual([
      [1000, 2],
      [2000, 1],
      [3500, 1],
    ])
    const shifted = curve(2000, (share) => (share < 0.5 ? 1 : 30), { noise: 0.05 })
    expect(sketch(shifted.step, shifted.value).spikes.kept.every(({ length }) => length > 20)).toBe(true)
  })

  it('counts what is not finite, run by run', () => {
    const { nonFinite, points } = sketch([0, 1, 2, 3, 4, 5], [1, Number.NaN, Number.NEGATIVE_INFINITY, 1, 1, Number.NaN])
    expect(points).toBe(3)
    expect(nonFinite.kept).toEqual([
      { fromStep: 1, toStep: 2, points: 2, infinite: true },
      { fromStep: 5, toStep: 5, points: 1, infinite: false },
    ])
    expect(nonFinite.open).not.toBeNull()
  })

  it('takes steps of any size and sign, and values at the edge', () => {
    const seen = sketch([-5, 0, 2 ** 40, 2 ** 52], [1e308, -1e308, 0, 5e-324]).curve
    expect([...seen.step]).toEqual([-5, 0, 2 ** 40, 2 ** 52])
    expect([...seen.value]).toEqual([1e308, -1e308, 0, 5e-324])
    expect(sketch([], []).curve.n).toBe(0)
  })
})
