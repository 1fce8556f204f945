import { mixSeed } from '../../../core/mix-seed.ts'
import { normalRandom } from '../../../core/normal-random.ts'
import { seededRandom } from '../../../core/seeded-random.ts'

/** Random choices of one run of a recipe: the same for the same name and seed on every machine. */
export interface Vary {
  readonly seed: number
  pick<Value>(values: readonly Value[]): Value
  /** Uniform on the logarithm, from `low` to `high`. */
  scale(low: number, high: number): number
  uniform(low: number, high: number): number
  whole(low: number, high: number): number
  normal(): number
  chance(share: number): boolean
}

export function vary(name: string, seed: number): Vary {
  const random = seededRandom(mixSeed(seed, ...[...name].map((letter) => letter.codePointAt(0) ?? 0)))
  const uniform = (low: number, high: number) => low + (high - low) * random()
  return {
    seed,
    pick: (values) => values[Math.floor(random() * values.length)] as (typeof values)[number],
    scale: (low, high) => Number(Math.exp(uniform(Math.log(low), Math.log(high))).toPrecision(3)),
    uniform,
    whole: (low, high) => low + Math.floor(random() * (high - low + 1)),
    normal: () => normalRandom(random),
    chance: (share) => random() < share,
  }
}
