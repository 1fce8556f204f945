/** How the values of one activation lie in memory: `outer` rows of `units` units of `inner` values each. Channels last: inner is 1. */
export interface ActivationLayout {
  outer: number
  units: number
  inner: number
}

/**
 * What counts as wrong with a value. `zero`: exactly 0 is inactive (rectifiers). `saturated`: below `low` or above `high` the slope is
 * nearly gone (tanh, sigmoid). Null: neither can be told of this function.
 */
export type ActivationRule = { kind: 'zero' } | { kind: 'saturated'; low: number; high: number } | null

/** A unit is saturated when more than this share of its values are. */
export const SATURATED_UNIT = 0.5

export interface ActivationStatistics {
  mean: number
  /** Of the values seen, not an estimate for others: divided by their number. */
  std: number
  /** Share of units that are 0 for every value; null unless exactly 0 means inactive. */
  deadFraction: number | null
  /** Share of values that are saturated; null for functions that do not saturate. */
  saturatedFraction: number | null
  /** Share of units of which more than half of the values are saturated. */
  saturatedUnits: number | null
}

/**
 * Statistics of one layer's activations over a probe batch. A unit has its own weights: a column of a dense layer, a channel of a
 * convolution (over all places). NaN and infinities are active, never saturated by NaN, and make mean and deviation what they make them.
 */
export function tallyActivations(values: Float32Array, { outer, units, inner }: ActivationLayout, rule: ActivationRule): ActivationStatistics {
  const { mean, std } = moments(values)
  const none = { mean, std, deadFraction: null, saturatedFraction: null, saturatedUnits: null }
  if (rule === null || values.length === 0) return none
  const perUnit = outer * inner
  if (rule.kind === 'zero') return { ...none, deadFraction: (units - activeUnits(values, units, inner)) / units }
  const saturated = saturatedPerUnit(values, units, inner, rule.low, rule.high)
  let total = 0
  let over = 0
  for (const count of saturated) {
    total += count
    if (count > perUnit * SATURATED_UNIT) over++
  }
  return { ...none, saturatedFraction: total / values.length, saturatedUnits: over / units }
}

/** Sums are of differences to the first value: equal values have a deviation of exactly 0, and a large mean costs no digits. */
function moments(values: Float32Array): { mean: number; std: number } {
  const n = values.length
  const shift = n > 0 && Number.isFinite(values[0]) ? (values[0] as number) : 0
  let sum = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const difference = (values[i] as number) - shift
    sum += difference
    squares += difference * difference
  }
  const mean = sum / n
  return { mean: shift + mean, std: Math.sqrt(Math.max(0, squares / n - mean * mean)) }
}

function activeUnits(values: Float32Array, units: number, inner: number): number {
  const active = new Uint8Array(units)
  let found = 0
  let i = 0
  while (i < values.length) {
    for (let unit = 0; unit < units; unit++) {
      for (let place = 0; place < inner; place++, i++) {
        if (values[i] !== 0 && active[unit] === 0) {
          active[unit] = 1
          // Nothing more can change: in health this ends after a few rows.
          if (++found === units) return units
        }
      }
    }
  }
  return found
}

function saturatedPerUnit(values: Float32Array, units: number, inner: number, low: number, high: number): Float64Array {
  const counts = new Float64Array(units)
  let i = 0
  while (i < values.length) {
    for (let unit = 0; unit < units; unit++) {
      for (let place = 0; place < inner; place++, i++) {
        const value = values[i] as number
        if (value < low || value > high) counts[unit] = (counts[unit] as number) + 1
      }
    }
  }
  return counts
}
