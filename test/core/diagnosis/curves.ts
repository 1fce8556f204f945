import { Diagnosis, type DiagnosisOptions } from '../../../core/diagnosis/diagnosis.ts'
import type { RuleResult } from '../../../core/diagnosis/rule.ts'
import type { RuleId } from '../../../core/diagnosis/rule-names.ts'
import { normalRandom } from '../../../core/normal-random.ts'
import { seededRandom } from '../../../core/seeded-random.ts'

/** Columns of one series. */
export interface Columns {
  step: number[]
  value: number[]
}

/** `n` points of a function of the share of the run that is over (0 to 1) with noise in proportion to the value. */
export function curve(n: number, at: (share: number, i: number) => number, { noise = 0, seed = 1, every = 1, first = 0 } = {}): Columns {
  const random = seededRandom(seed)
  const step = Array.from({ length: n }, (_, i) => first + i * every)
  return { step, value: step.map((_, i) => at(n === 1 ? 0 : i / (n - 1), i) * (1 + noise * normalRandom(random))) }
}

/** A usual way down: from `start` towards `floor`, most of it in the first tenth. */
export function falling(start: number, floor: number, quick = 10): (share: number) => number {
  return (share) => floor + (start - floor) * Math.exp(-quick * share)
}

export function diagnose(series: Record<string, Columns>, options: DiagnosisOptions = {}): Diagnosis {
  const diagnosis = new Diagnosis(options)
  for (const [name, { step, value }] of Object.entries(series)) diagnosis.add(name, step, value)
  return diagnosis
}

export function resultOf(diagnosis: Diagnosis, rule: RuleId): RuleResult {
  const found = diagnosis.results().results.find((one) => one.rule === rule)
  if (!found) throw new Error(`no rule ${rule}`)
  return found
}

/** What one rule says of these series. */
export function verdict(rule: RuleId, series: Record<string, Columns>, options?: DiagnosisOptions): RuleResult {
  return resultOf(diagnose(series, options), rule)
}
