import { type Computed, notDefined } from './computed.ts'
import { fUpper } from './distributions/f.ts'
import { studentizedRangeQuantile } from './distributions/studentized-range.ts'

export interface Friedman {
  chiSquare: number
  /** Iman and Davenport's less conservative form, F with k − 1 and (k − 1)(N − 1) degrees of freedom. */
  f: number
  p: number
}

/** Friedman's test that k variants rank alike over N data sets, from their mean ranks (Demšar 2006, §3.2). */
export function friedman(meanRanks: readonly number[], dataSets: number): Computed<Friedman> {
  const k = meanRanks.length
  if (k < 2 || dataSets < 2) return notDefined('one-value', 'Ranks over several data sets need two variants and two data sets.')
  const squares = meanRanks.reduce((sum, rank) => sum + rank * rank, 0)
  const chiSquare = ((12 * dataSets) / (k * (k + 1))) * (squares - (k * (k + 1) ** 2) / 4)
  const rest = dataSets * (k - 1) - chiSquare
  if (rest <= 0) return notDefined('constant', 'All data sets rank the variants the same way: F has no bound.')
  const f = ((dataSets - 1) * chiSquare) / rest
  return { defined: true, chiSquare, f, p: fUpper(f, k - 1, (k - 1) * (dataSets - 1)) }
}

/** Nemenyi's critical difference: mean ranks further apart than this differ at level alpha. */
export function nemenyiDifference(variants: number, dataSets: number, alpha: number): number {
  const q = studentizedRangeQuantile(1 - alpha, variants, Number.POSITIVE_INFINITY) / Math.SQRT2
  return q * Math.sqrt((variants * (variants + 1)) / (6 * dataSets))
}
