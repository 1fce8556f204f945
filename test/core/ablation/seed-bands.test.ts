import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandGrid, type SeedCurve, seedBand } from '../../../core/ablation/seed-bands.ts'

const curve = (x: number[], y: number[], change: Partial<SeedCurve> = {}): SeedCurve => ({ x, y, nonFiniteX: [], exact: true, ...change })
const EXACT = { low: 0, bin: null }

describe('mean over seeds', () => {
  it('is taken step by step, with the sample deviation as band', () => {
    const band = seedBand([curve([1, 2], [1, 4]), curve([1, 2], [3, 8])], 'sd', 0.95, EXACT)
    expect([...band.x]).toEqual([1, 2])
    expect([...band.mean]).toEqual([2, 6])
    expect([...band.low].map((value) => Number(value.toFixed(9)))).toEqual([
      Number((2 - Math.SQRT2).toFixed(9)),
      Number((6 - 2 * Math.SQRT2).toFixed(9)),
    ])
    expect([...band.n]).toEqual([2, 2])
  })

  it('gives the Student interval of the mean: t(0.975, 2) = 4.302653 for three seeds', () => {
    const band = seedBand([curve([0], [1]), curve([0], [2]), curve([0], [3])], 'ci', 0.95, EXACT)
    expect(band.high[0]! - 2).toBeCloseTo(4.302652729911275 / Math.sqrt(3), 9)
  })

  it('has no band where one seed has a value, and counts such places', () => {
    const band = seedBand([curve([1, 2, 3], [1, 1, 1]), curve([1, 2], [2, 2])], 'min-max', 0.95, EXACT)
    expect([...band.n]).toEqual([2, 2, 1])
    expect([...band.low]).toEqual([1, 1, Number.NaN])
    expect(band.partial).toBe(1)
    expect(band.seeds).toBe(2)
  })

  it('counts NaN and infinite points, and a seed that has nothing else', () => {
    const band = seedBand([curve([1, 2], [1, 1]), curve([], [], { nonFiniteX: [1, 2] })], 'sd', 0.95, EXACT)
    expect([band.seeds, band.nonFinite, band.partial]).toEqual([2, 2, 2])
    expect([...band.n]).toEqual([1, 1])
  })

  it('takes the last point of each seed in a stretch when steps do not match', () => {
    const a = curve([0, 1, 10], [5, 6, 7])
    const b = curve([0.5, 9.9], [8, 9])
    const band = seedBand([a, b], 'min-max', 0.95, { low: 0, bin: 5 })
    // 0 and 1 share a stretch with 0.5; 9.9 and 10 lie on two sides of a border.
    expect([...band.mean]).toEqual([7, 9, 7])
    expect([...band.n]).toEqual([2, 1, 1])
  })

  it('lies between the lowest and the highest seed, whatever the curves', () => {
    const curves = fc.array(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 30 }).map((y) => curve([...y.keys()], y)),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(curves, (seeds) => {
        const band = seedBand(seeds, 'min-max', 0.95, bandGrid(seeds))
        band.mean.forEach((value, i) => {
          if (band.n[i]! < 2) expect(band.low[i]).toBeNaN()
          else expect(value >= band.low[i]! - 1e-6 && value <= band.high[i]! + 1e-6).toBe(true)
        })
        expect(band.n.every((n) => n <= band.seeds)).toBe(true)
      }),
    )
  })
})

describe('grid of a chart', () => {
  const steps = (n: number, by = 1, from = 0) => Array.from({ length: n }, (_, i) => from + i * by)
  const at = (x: number[], exact = true) =>
    curve(
      x,
      x.map(() => 1),
      { exact },
    )

  it('keeps each step where the seeds logged at the same ones, also when some ended early', () => {
    expect(bandGrid([at(steps(100)), at(steps(100)), at(steps(40))]).bin).toBeNull()
  })

  it('makes stretches where steps differ, and where points were thinned away', () => {
    expect(bandGrid([at(steps(100, 10)), at(steps(100, 10, 3))])).toEqual({ low: 0, bin: 993 / 200 })
    expect(bandGrid([at(steps(100), false)]).bin).toBeCloseTo(99 / 200)
  })

  it('has none for no point and for one', () => {
    expect(bandGrid([])).toEqual({ low: 0, bin: null })
    expect(bandGrid([at([7], false)])).toEqual({ low: 7, bin: null })
  })
})
