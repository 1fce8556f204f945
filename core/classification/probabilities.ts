import { checkScores } from './check-scores.ts'

/**
 * Softmax of every row, in double precision and without overflow: eˣ⁻ᵐᵃˣ / Σ eˣ⁻ᵐᵃˣ. A row with a NaN is NaN. Of a row with +∞
 * those logits share the whole; a row of −∞ alone has no answer and is NaN.
 */
export function softmax(logits: ArrayLike<number>, classes: number): Float64Array {
  const rows = checkScores(logits, classes)
  const result = new Float64Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const from = row * classes
    let top = Number.NEGATIVE_INFINITY
    for (let i = from; i < from + classes; i++) {
      const logit = logits[i] as number
      // Math.max would do, but NaN must win over everything.
      if (Number.isNaN(logit) || logit > top) top = logit
      if (Number.isNaN(top)) break
    }
    let sum = 0
    for (let i = from; i < from + classes; i++) {
      const logit = logits[i] as number
      const power = logit === top && top === Number.POSITIVE_INFINITY ? 1 : Math.exp(logit - top)
      result[i] = power
      sum += power
    }
    for (let i = from; i < from + classes; i++) result[i] = (result[i] as number) / sum
  }
  return result
}

/** 1 / (1 + e⁻ˣ) of every logit, without overflow and with full precision near 0. */
export function sigmoid(logits: ArrayLike<number>): Float64Array {
  return Float64Array.from(logits as ArrayLike<number>, (logit) => {
    if (logit >= 0) return 1 / (1 + Math.exp(-logit))
    const power = Math.exp(logit)
    return power / (1 + power)
  })
}
