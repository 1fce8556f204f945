/** What every rank or permutation test gives. */
export interface ExactTest {
  statistic: number
  /** Two-sided: the share of arrangements at least as far from the middle as the observed one. */
  p: number
  /** Smallest two-sided p at this n, whatever the data. Above alpha, the test cannot find anything. */
  floor: number
  method: 'exact' | 'monte-carlo' | 'normal-approximation'
  /** Random arrangements drawn for a Monte Carlo p; null otherwise. */
  resamples: number | null
  /** Values or pairs that entered. */
  n: number
}
