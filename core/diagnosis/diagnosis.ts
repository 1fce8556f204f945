import { factsOfRecord } from './facts/facts-of-record.ts'
import { pointOfRecord } from './facts/point-of-record.ts'
import type { TakenSeries } from './one-of-each-role.ts'
import { orderFindings } from './order-findings.ts'
import { RULES } from './registry.ts'
import { readAssignment } from './roles/read-assignment.ts'
import type { Assignment, RoleMapping } from './roles/role.ts'
import { type Finding, isFinding, type Rule, type RuleResult, type Verdict } from './rule.ts'
import type { RunFacts } from './run-facts.ts'
import { RunView } from './run-view.ts'
import { SeriesSketch } from './series/series-sketch.ts'
import { notApplicable, notEnoughData } from './verdicts.ts'

export interface DiagnosisOptions {
  facts?: RunFacts
  /** What names mean, where they do not tell or tell wrong. */
  mapping?: RoleMapping
}

export interface Diagnosed {
  /** One entry per rule, in the order of the catalogue. */
  results: RuleResult[]
  /** What fired: earliest cause first, each followed by what it led to. */
  findings: Finding[]
}

/** What only an agent has. Its losses follow its policy: they rise and fall without being right or wrong. */
const REINFORCEMENT = /(^|[/_.])(rollout|episode|episodic|ep_(rew|len|ret)\w*|mean_reward|reward_mean|td_loss|td_error|replay_buffer)([/_.]|$)/i

/** Before so many steps, or so many epochs where a point is an epoch, only rules about the beginning speak. */
const FIRST_STEPS = 50
const FIRST_EPOCHS = 5

/**
 * Diagnoses one training run. Points come in as they are logged, in pieces of any size, each series in order of its steps; nothing is read
 * twice, and what is kept does not grow with the run. The results are a function of the points and facts given so far, however they came in.
 */
export class Diagnosis {
  readonly #mapping: RoleMapping
  readonly #series = new Map<string, TakenSeries | null>()
  #facts: RunFacts
  #now: number | null = null
  #result: Diagnosed | null = null

  constructor({ facts = {}, mapping = {} }: DiagnosisOptions = {}) {
    this.#facts = facts
    this.#mapping = mapping
  }

  /**
   * Takes in points of one series. Columns of equal length: steps, values (NaN and ±Infinity are data), and the times they were logged at
   * in milliseconds since 1970, where known. A series that no rule reads costs nothing.
   */
  add(name: string, steps: ArrayLike<number>, values: ArrayLike<number>, walls?: ArrayLike<number>): void {
    const taken = this.#take(name)
    if (taken === null || steps.length === 0) return
    this.#result = null
    taken.sketch.add(steps, values, walls)
  }

  /** Takes in a record of a run, its value decoded (`core/kinds`); rules read models, facts, confusion matrices and histograms of update ratios. */
  addRecord(kind: string, name: string, step: number, value: unknown): void {
    const point = pointOfRecord(kind, name, value)
    if (point) this.add(point.name, [step], [point.value])
    const facts = factsOfRecord(kind, name, step, value)
    if (facts) this.setFacts(facts)
  }

  /** Adds facts to those known; later ones win. */
  setFacts(facts: RunFacts): void {
    this.#result = null
    this.#facts = { ...this.#facts, ...facts }
  }

  /** Says what time it is, in milliseconds since 1970: a run can only be late by a clock. */
  now(time: number): void {
    this.#result = null
    this.#now = time
  }

  /** What each name seen so far was taken for; null for one that no rule reads. */
  get assignments(): ReadonlyMap<string, Assignment | null> {
    return new Map([...this.#series].map(([name, taken]) => [name, taken?.assignment ?? null]))
  }

  /** What the rules say now. The same object until something comes in. */
  results(): Diagnosed {
    this.#result ??= judge(this.view())
    return this.#result
  }

  /** What the rules read. */
  view(): RunView {
    return new RunView(
      [...this.#series.values()].filter((taken) => taken !== null),
      this.#facts,
      this.#now,
    )
  }

  #take(name: string): TakenSeries | null {
    const known = this.#series.get(name)
    if (known !== undefined) return known
    if (REINFORCEMENT.test(name) && this.#facts.reinforcement === undefined) this.setFacts({ reinforcement: true })
    const assignment = readAssignment(name, this.#mapping)
    const taken = assignment === null ? null : { name, assignment, sketch: new SeriesSketch() }
    this.#series.set(name, taken)
    return taken
  }
}

function judge(run: RunView): Diagnosed {
  const judged = RULES.map((rule): RuleResult => {
    const { id, code, title, citation } = rule
    const verdict = judgeRule(rule, run)
    const named = { rule: id, code, title, citation }
    return verdict.state === 'fired' ? { ...named, ...verdict, causedBy: null } : { ...named, ...verdict }
  })
  const findings = orderFindings(judged.filter(isFinding), run.span)
  const byRule = new Map(findings.map((one) => [one.rule, one]))
  return { results: judged.map((result) => byRule.get(result.rule) ?? result), findings }
}

function judgeRule(rule: Rule, run: RunView): Verdict {
  if (rule.supervised && run.facts.reinforcement)
    return notApplicable('reinforcement learning: what its losses should do depends on what the agent meets')
  return isTooEarly(rule, run) ? notEnoughData(`at least ${FIRST_STEPS} steps`) : rule.judge(run)
}

function isTooEarly(rule: Rule, run: RunView): boolean {
  if (rule.early || run.span >= FIRST_STEPS) return false
  const points = Math.max(run.trainLoss?.curve.points ?? 0, run.valLoss?.curve.points ?? 0, run.valAccuracy?.curve.points ?? 0)
  return points < (run.perEpoch ? FIRST_EPOCHS : FIRST_STEPS)
}
