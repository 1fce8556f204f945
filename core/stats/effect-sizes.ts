import { type Computed, finiteValue, notDefined, refuse } from './computed.ts'
import { isConstant, largestSize, mean, sampleSd, withoutNoise } from './descriptive.ts'

type Effect = Computed<{ value: number }>

/** Cohen's d: difference of the means over the pooled standard deviation. Positive: the first is higher. */
export function cohenD(first: readonly number[], second: readonly number[]): Effect {
  const refused = refuse(first, 2, 'values') ?? refuse(second, 2, 'values')
  if (refused) return refused
  const size = largestSize(first, second)
  if (isConstant(first, size) && isConstant(second, size)) return notDefined('constant', 'Neither side varies: there is no spread to measure by.')
  const [a, b] = [first.length, second.length]
  const pooled = Math.sqrt(((a - 1) * sampleSd(first) ** 2 + (b - 1) * sampleSd(second) ** 2) / (a + b - 2))
  return finiteValue((mean(first) - mean(second)) / pooled)
}

/** Hedges' g: Cohen's d times 1 − 3/(4(n₁ + n₂ − 2) − 1), which takes out most of its small-sample bias. */
export function hedgesG(first: readonly number[], second: readonly number[]): Effect {
  const d = cohenD(first, second)
  return d.defined ? { defined: true, value: d.value * (1 - 3 / (4 * (first.length + second.length - 2) - 1)) } : d
}

/** d_z: mean of paired differences over their standard deviation. */
export function cohenDz(differences: readonly number[], size = largestSize(differences)): Effect {
  const refused = refuse(differences, 2, 'differences')
  if (refused) return refused
  if (isConstant(differences, size)) return notDefined('constant', 'All differences are equal: there is no spread to measure by.')
  return finiteValue(mean(differences) / sampleSd(differences))
}

/** Cliff's delta: share of pairs (one of each side) where the first is higher, minus the share where it is lower. */
export function cliffDelta(first: readonly number[], second: readonly number[]): Effect {
  const refused = refuse(first, 1, 'values') ?? refuse(second, 1, 'values')
  if (refused) return refused
  const size = largestSize(first, second)
  const others = withoutNoise(second, size)
  let balance = 0
  for (const a of withoutNoise(first, size)) for (const b of others) balance += Math.sign(a - b)
  return { defined: true, value: balance / (first.length * second.length) }
}

/** P(first > second) + ½ P(equal) over all pairs: (1 + delta)/2, and U/(n₁ n₂) of the Mann–Whitney test. */
export function probabilityOfSuperiority(first: readonly number[], second: readonly number[]): Effect {
  const delta = cliffDelta(first, second)
  return delta.defined ? { defined: true, value: (1 + delta.value) / 2 } : delta
}
