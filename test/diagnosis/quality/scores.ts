import { RULE_BY_ID } from '../../../core/diagnosis/registry.ts'
import type { Finding } from '../../../core/diagnosis/rule.ts'
import { RULE_NAMES, type RuleId } from '../../../core/diagnosis/rule-names.ts'
import type { GeneratedRun } from '../generator/generated-run.ts'
import { diagnoseLive } from './diagnose-run.ts'

/** What a judge of runs said about one: rules that fired, and where they first did. */
export interface Said {
  run: GeneratedRun
  /** Rules that fire on the whole run, with their severity. */
  rules: Finding[]
  /** Step up to which the run had to be seen, for those that were asked while it went on. */
  first: ReadonlyMap<string, number>
  /** Rules that warned while it went on, even if they took it back. */
  warned: ReadonlySet<string>
}

/** What the diagnosis says of a run while it goes on and at its end. */
export function saidOf(run: GeneratedRun): Said {
  const { findings, first, warned } = diagnoseLive(run.log)
  return { run, rules: findings, first: new Map([...first].map(([rule, { step }]) => [rule, step])), warned }
}

export interface RuleScore {
  rule: RuleId
  /** Runs that were made to have it and have it. */
  ill: number
  found: number
  recall: number
  /**
   * Of all runs it warned about, the share of which it is measured or known to be true. A remark of a rule that can also warn is not counted:
   * it says that something is on its way, which no measurement denies.
   */
  precision: number
  fired: number
  /** It never warns. */
  onlyRemarks: boolean
  /** Median over the runs in which it was found. */
  steps: number
  /** Warnings and criticals per healthy run. */
  falseAlarms: number
  /** The same with what was said for information. */
  saidOfHealthy: number
  missed: string[]
  wrong: string[]
}

export interface Scores {
  rules: RuleScore[]
  healthy: number
  /** Warnings and criticals per healthy run, over all rules. */
  falseAlarms: number
  /** The same, with those that were taken back before the end. */
  falseAlarmsOnTheWay: number
  /** Share of the healthy runs with any. */
  alarmed: number
  /** By kind of healthy run. */
  byRecipe: Map<string, { runs: number; alarms: number }>
}

export const fileOf = ({ kind, recipe, seed }: GeneratedRun) => `${kind}/${recipe}-${seed}`

/** Runs that do not show what they were made for are to be left out before. */
export function score(said: readonly Said[]): Scores {
  const healthy = said.filter(({ run }) => run.kind === 'healthy')
  const alarmsOf = ({ rules }: Said) => rules.filter(({ severity }) => severity !== 'info').length
  const byRecipe: Scores['byRecipe'] = new Map()
  for (const one of healthy) {
    const { runs, alarms } = byRecipe.get(one.run.recipe) ?? { runs: 0, alarms: 0 }
    byRecipe.set(one.run.recipe, { runs: runs + 1, alarms: alarms + alarmsOf(one) })
  }
  return {
    rules: (Object.keys(RULE_NAMES) as RuleId[]).map((rule) => scoreOf(rule, said, healthy)),
    healthy: healthy.length,
    falseAlarms: mean(healthy.map(alarmsOf)),
    falseAlarmsOnTheWay: mean(healthy.map(({ warned }) => warned.size)),
    alarmed: mean(healthy.map((one) => (alarmsOf(one) > 0 ? 1 : 0))),
    byRecipe,
  }
}

function scoreOf(rule: RuleId, said: readonly Said[], healthy: readonly Said[]): RuleScore {
  const ill = said.filter(({ run }) => run.kind === rule)
  const firesOn = ({ rules }: Said) => rules.some((one) => one.rule === rule)
  const found = ill.filter(firesOn)
  const onlyRemarks = RULE_BY_ID[rule]?.severities.every((severity) => severity === 'info') ?? false
  const fired = said.filter(({ rules }) => rules.some((one) => one.rule === rule && (onlyRemarks || one.severity !== 'info')))
  const right = fired.filter(({ run }) => run.kind === rule || run.also.includes(rule))
  return {
    rule,
    ill: ill.length,
    found: found.length,
    recall: found.length / ill.length,
    precision: right.length / fired.length,
    fired: fired.length,
    onlyRemarks,
    steps: median(found.flatMap(({ first }) => first.get(rule) ?? [])),
    falseAlarms: mean(healthy.map(({ rules }) => (rules.some((one) => one.rule === rule && one.severity !== 'info') ? 1 : 0))),
    saidOfHealthy: mean(healthy.map((one) => (firesOn(one) ? 1 : 0))),
    missed: ill.filter((one) => !firesOn(one)).map(({ run }) => fileOf(run)),
    wrong: fired.filter((one) => !right.includes(one)).map(({ run }) => fileOf(run)),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}
