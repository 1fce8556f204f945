import type { RoleSeries } from '../run-view.ts'

const FIRST = 5

/** Mean of the first five losses that are finite; NaN without any. */
export function lossStart({ sketch }: Pick<RoleSeries, 'sketch'>): number {
  const values = sketch.ends.first.value.filter(Number.isFinite).slice(0, FIRST)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
