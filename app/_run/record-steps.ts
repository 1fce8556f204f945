import { naturalCompare } from '../../core/metric-groups.ts'

export interface Stepped {
  id: number
  name: string
  step: number
}

/** Distinct steps in rising order. */
export function stepsOf(records: readonly Stepped[]): number[] {
  return [...new Set(records.map((record) => record.step))].sort((a, b) => a - b)
}

/**
 * What each name shows at `step`: its records of the newest step not above it, in the order they were logged.
 * A name first logged later shows nothing (an empty list), so that cards keep their places while the slider moves.
 */
export function recordsAt<R extends Stepped>(records: readonly R[], step: number): { name: string; shown: R[] }[] {
  const byName = new Map<string, R[]>()
  for (const record of records) {
    const list = byName.get(record.name)
    if (list) list.push(record)
    else byName.set(record.name, [record])
  }
  return [...byName]
    .sort(([a], [b]) => naturalCompare(a, b))
    .map(([name, all]) => {
      const newest = all.reduce((best, record) => (record.step <= step && record.step > best ? record.step : best), Number.NEGATIVE_INFINITY)
      return { name, shown: all.filter((record) => record.step === newest).sort((a, b) => a.id - b.id) }
    })
}
