/**
 * Which stored points are "the line" of a run's metric.
 *
 * Within an attempt the last write of a step counts. Resuming makes a new attempt: the line is the earlier attempts' points with
 * step < fork step, then the newer attempt's points. The fork step is the one given, else the lowest step the newer attempt logged
 * in that series. A forked run shows its parent's line with step < fork step, then its own points, all the way up.
 */

/** A run on the way from the oldest ancestor to the run asked for, with the series of the one metric it holds. */
export interface LineRun<Series> {
  /** First step that is this run's own; null: the lowest step it logged itself; unused for the oldest. */
  forkStep: number | null
  /** Attempts from oldest to newest. `series` is null when the attempt never logged the metric. */
  attempts: { forkStep: number | null; series: (Series & { firstStep: number }) | null }[]
}

/** A stored series on the line. Later sources win where two hold the same step. */
export interface LineSource<Series> {
  series: Series
  /** Points with step < before are on the line (unless a later source holds the step too). */
  before: number
  /** Points from `before` to `limit` were abandoned by a later attempt; from `limit` on they belong to another run's line only. */
  limit: number
}

/** Sources in order of precedence: for any step the last source that holds it is shown. `runs` goes from the oldest ancestor to the run. */
export function lineSources<Series>(runs: LineRun<Series>[]): LineSource<Series>[] {
  const sources: LineSource<Series>[] = []
  let limit = Number.POSITIVE_INFINITY
  for (let r = runs.length - 1; r >= 0; r--) {
    const run = runs[r]!
    let before = limit
    let lowest = Number.POSITIVE_INFINITY
    for (let a = run.attempts.length - 1; a >= 0; a--) {
      const { series, forkStep } = run.attempts[a]!
      if (series) {
        sources.unshift({ series, before, limit })
        lowest = Math.min(lowest, series.firstStep)
      }
      if (a > 0) before = Math.min(before, forkStep ?? series?.firstStep ?? Number.POSITIVE_INFINITY)
    }
    limit = Math.min(limit, run.forkStep ?? lowest)
  }
  return sources
}
