/** What `writer-child.ts` logs: a number that tells series and step apart, NaN now and then. */
export function valueAt(series: number, step: number): number {
  if (step % 101 === 0) return Number.NaN
  return series * 1e9 + step + (series % 2 === 0 ? 0.5 : 0.1)
}
