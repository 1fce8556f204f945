import { orderOf } from './alias-classes.ts'

/**
 * Shapley weights of each corner of a full two-level design: a factor's value is Σ weight × mean of the corner, the mean of what adding it
 * brings over all orders of adding the factors. `corners[i]`: bit j set where factor j is high.
 */
export function shapleyWeights(factors: number, corners: readonly number[]): number[][] {
  const weightOf = (before: number) => (factorial(before) * factorial(factors - before - 1)) / factorial(factors)
  return Array.from({ length: factors }, (_, factor) =>
    corners.map((corner) => {
      const size = orderOf(corner)
      const has = (corner >> factor) % 2 === 1
      return has ? weightOf(size - 1) : -weightOf(size)
    }),
  )
}

function factorial(n: number): number {
  let product = 1
  for (let i = 2; i <= n; i++) product *= i
  return product
}
