import { expect, it } from 'vitest'
import { mixSeed } from '../../core/mix-seed.ts'
import { normalRandom } from '../../core/normal-random.ts'
import { permutation } from '../../core/permutation.ts'
import { seededRandom } from '../../core/seeded-random.ts'

it('gives each pair of seed and number a seed of its own', () => {
  const seeds = new Set<number>()
  for (let seed = 0; seed < 100; seed++) for (let step = 0; step < 100; step++) seeds.add(mixSeed(seed, step))
  // 10,000 draws of 2^32 numbers: a collision is expected in one of eighty such sets.
  expect(seeds.size).toBeGreaterThanOrEqual(9_999)
  expect(mixSeed(1, 2)).not.toBe(mixSeed(2, 1))
  expect(mixSeed(1)).not.toBe(mixSeed(1, 0))
  expect(mixSeed(2 ** 40 + 1)).not.toBe(mixSeed(1))
  expect(mixSeed(7, 3)).toBe(mixSeed(7, 3))
})

it('gives neighbours unrelated random numbers', () => {
  const first = Array.from({ length: 4000 }, (_, step) => seededRandom(mixSeed(5, step))())
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.02)
  const product = first.slice(1).reduce((sum, value, i) => sum + (value - mean) * (first[i]! - mean), 0) / first.length
  expect(Math.abs(product * 12)).toBeLessThan(0.06)
})

it('permutes without bias', () => {
  const random = seededRandom(2)
  const places = Array.from({ length: 4 }, () => [0, 0, 0, 0])
  for (let i = 0; i < 8000; i++) permutation(4, random).forEach((item, place) => void places[item]![place]!++)
  for (const count of places.flat()) expect(Math.abs(count - 2000)).toBeLessThan(200)
  expect([...permutation(50, random)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  expect(permutation(0, random)).toHaveLength(0)
})

it('makes numbers of the normal distribution, never infinite', () => {
  const random = seededRandom(3)
  const draws = Array.from({ length: 50_000 }, () => normalRandom(random))
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
  const moment = (power: number) => draws.reduce((sum, value) => sum + (value - mean) ** power, 0) / draws.length
  expect(Math.abs(mean)).toBeLessThan(0.02)
  expect(moment(2)).toBeCloseTo(1, 1)
  expect(moment(4)).toBeCloseTo(3, 0)
  expect(draws.filter((value) => Math.abs(value) < 1).length / draws.length).toBeCloseTo(0.6827, 2)
  expect(Number.isFinite(normalRandom(() => 0))).toBe(true)
  expect(Number.isFinite(normalRandom(() => 1 - 2 ** -53))).toBe(true)
})
