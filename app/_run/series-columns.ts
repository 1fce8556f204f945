import { naturalCompare } from '../../core/metric-groups.ts'
import type { SeriesSummary } from '../../core/run.ts'

export type SeriesSortKey = 'name' | 'n' | 'superseded' | 'nonFinite' | 'firstStep' | 'lastStep' | 'last' | 'min' | 'max' | 'mean'
export interface SeriesSort {
  key: SeriesSortKey
  descending: boolean
}

/** Sorted copy. NaN and runs without a finite value come last in either direction; ties go by name. */
export function sortSeries(series: readonly SeriesSummary[], { key, descending }: SeriesSort): SeriesSummary[] {
  const sign = descending ? -1 : 1
  return [...series].sort((a, b) => {
    if (key === 'name') return sign * naturalCompare(a.name, b.name)
    const [x, y] = [a[key], b[key]]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || naturalCompare(a.name, b.name)
    return x === y ? naturalCompare(a.name, b.name) : sign * (x < y ? -1 : 1)
  })
}
