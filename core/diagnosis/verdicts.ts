import type { FindingSeverity } from '../kinds/values.ts'
import type { Evidence, Fired, Verdict } from './rule.ts'
import type { RoleSeries } from './run-view.ts'

export function clear(says: string, ...evidence: Evidence[]): Verdict {
  return evidence.length > 0 ? { state: 'clear', says, evidence } : { state: 'clear', says }
}

/** `needs` is what to log or to wait for, to be read after "To check this:". */
export function notEnoughData(needs: string): Verdict {
  return { state: 'not-enough-data', needs }
}

export function notApplicable(why: string): Verdict {
  return { state: 'not-applicable', why }
}

export function evidence(
  { name }: Pick<RoleSeries, 'name'>,
  [fromStep, toStep]: readonly [number, number],
  numbers: Record<string, number>,
  thresholds: Record<string, number> = {},
): Evidence {
  // A stretch that began in another series may lie past the end of this one.
  return { series: name, fromStep, toStep: Math.max(fromStep, toStep), numbers, thresholds }
}

/** About the whole run unless it names layers. */
export function fired(
  severity: FindingSeverity,
  [firstStep, lastStep]: readonly [number, number],
  finding: Omit<Fired, 'state' | 'severity' | 'firstStep' | 'lastStep' | 'subjects'> & { subjects?: string[] },
): Verdict {
  return { state: 'fired', severity, firstStep, lastStep: Math.max(firstStep, lastStep), subjects: [], ...finding }
}

/** Confidence between `least`, at the threshold, and 1, at `sure`. */
export function confidenceBetween(value: number, threshold: number, sure: number, least = 0.6): number {
  const way = (value - threshold) / (sure - threshold)
  return least + (1 - least) * Math.min(1, Math.max(0, way))
}
