import { z } from 'zod'
import { mixSeed } from '../../../core/mix-seed.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { classCounts } from './examples.ts'

const part = z.union([z.number().min(0).lt(1), z.int().min(1)])

export const splitSchema = z
  .strictObject({
    validation: part
      .default(0.1)
      .describe('Examples held out for validation: a share below 1, or a count. Of the training split when there is a test split already.'),
    test: part.default(0.2).describe('Examples held out for testing, a share or a count. Only for data without a test split of its own.'),
    stratify: z.boolean().default(true).describe('Each class has the same share of every split.'),
  })
  .describe('How the data is split; drawn with seeds.split.')

export type SplitConfig = z.infer<typeof splitSchema>

/** Seeds of the draws that follow from one split seed. */
export const DRAW = { test: 1, validation: 2, noise: 3, examples: 4, limitTrain: 5, limitValidation: 6, limitTest: 7 } as const

/** How many of `n` examples a share below 1, or a count, stands for. */
export function countOf(shareOrCount: number, n: number): number {
  return shareOrCount < 1 ? Math.round(shareOrCount * n) : shareOrCount
}

/**
 * Draws `count` of `positions` at random; the rest keeps its order, and so do those drawn. Stratified, every class gives its share, rounded
 * so that they add up to `count` (largest remainder).
 */
export function draw(
  positions: Int32Array,
  labels: Int32Array,
  count: number,
  { classes, stratify, seed, purpose }: { classes: number; stratify: boolean; seed: number; purpose: number },
): { drawn: Int32Array; rest: Int32Array } {
  const random = seededRandom(mixSeed(seed, purpose))
  // The ticket of each position: the lowest tickets are drawn.
  const tickets = Float64Array.from(positions, () => random())
  const groupOf = (index: number) => (stratify ? labels[positions[index]!]! : 0)
  const groups = Array.from({ length: stratify ? classes : 1 }, (): number[] => [])
  for (let i = 0; i < positions.length; i++) groups[groupOf(i)]!.push(i)
  const quotas = allot(
    groups.map((group) => group.length),
    count,
  )
  const isDrawn = new Uint8Array(positions.length)
  groups.forEach((group, g) => {
    group.sort((a, b) => tickets[a]! - tickets[b]! || a - b)
    for (let i = 0; i < quotas[g]!; i++) isDrawn[group[i]!] = 1
  })
  return { drawn: positions.filter((_, i) => isDrawn[i] === 1), rest: positions.filter((_, i) => isDrawn[i] === 0) }
}

/** Shares `count` among groups by their sizes: whole numbers that add up, the largest remainders rounded up, equal ones by order. */
export function allot(sizes: readonly number[], count: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total === 0) return sizes.map(() => 0)
  const exact = sizes.map((size) => (size * count) / total)
  const quotas = exact.map(Math.floor)
  const missing = count - quotas.reduce((sum, quota) => sum + quota, 0)
  const order = exact.map((_, i) => i).sort((a, b) => exact[b]! - quotas[b]! - (exact[a]! - quotas[a]!) || a - b)
  for (const i of order.slice(0, missing)) quotas[i]!++
  return quotas
}

/** Counts by class name, for the facts. */
export function countsByClass(labels: Int32Array, classes: readonly string[]): Record<string, number> {
  const counts = classCounts(labels, classes.length)
  return Object.fromEntries(classes.map((name, i) => [name, counts[i]!]))
}
