import { describe, expect, it } from 'vitest'
import { normalRandom } from '../../core/normal-random.ts'
import { seededRandom } from '../../core/seeded-random.ts'
import { SKETCH_DIRECTIONS, sketchDirections, twinShare } from '../../core/unit-twins.ts'

/** Share of twins among units given by their incoming weights. */
function share(units: readonly number[][]): number {
  const inputs = units[0]?.length ?? 0
  const directions = sketchDirections(inputs)
  const norms = units.map((weights) => Math.hypot(...weights))
  const products = Array.from({ length: SKETCH_DIRECTIONS }, (_, row) =>
    units.map((weights) => weights.reduce((sum, weight, i) => sum + weight * (directions[row * inputs + i] as number), 0)),
  ).flat()
  return twinShare(norms, products)
}

function randomUnits(count: number, inputs: number, seed: number): number[][] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => Array.from({ length: inputs }, () => normalRandom(random)))
}

describe('the share of units with a twin', () => {
  it('is 1 for a constant layer, whatever the constant', () => {
    for (const value of [0, 0.01, -3]) expect(share(Array.from({ length: 12 }, () => [value, value, value]))).toBe(1)
  })

  it('is 0 for random weights, also of many units with two inputs, where some always point the same way', () => {
    for (const inputs of [2, 3, 32]) for (let seed = 0; seed < 5; seed++) expect(share(randomUnits(256, inputs, seed))).toBe(0)
  })

  it('counts the units that are copies, up to rounding, and no opposite or scaled ones', () => {
    const units = randomUnits(10, 6, 1)
    const [first] = units as [number[]]
    expect(share([...units, first.map((weight) => weight * (1 + 1e-6))])).toBeCloseTo(2 / 11, 12)
    expect(share([...units, first.map((weight) => -weight), first.map((weight) => 2 * weight)])).toBe(0)
  })

  it('takes a unit that is not finite for nobody’s twin', () => {
    expect(
      share([
        [Number.NaN, 1],
        [Number.NaN, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toBe(0.5)
    expect(share([])).toBe(0)
  })
})
