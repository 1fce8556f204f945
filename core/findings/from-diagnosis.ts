import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Finding, RuleResult } from '../diagnosis/rule.ts'
import { RULE_NAMES } from '../diagnosis/rule-names.ts'
import { shapesOf } from '../diagnosis/shapes/shapes.ts'
import { updateRatioVerdicts } from '../diagnosis/update-ratio-verdict.ts'
import type { FindingValue } from '../kinds/values.ts'
import type { JsonObject } from '../run.ts'
import { toStoredNumber } from '../stored-number.ts'
import type { StoredRecord } from '../stored-record.ts'
import type { DiagnosisReport } from './diagnosis-report.ts'
import type { FindingDetail, FindingEvidence } from './finding-detail.ts'
import type { RunFinding } from './run-finding.ts'

/** A finding of the rules as it is stored. `wall`: time of its first step. */
export function fromFinding(finding: Finding, wall: number): RunFinding {
  const detail: FindingDetail = {
    id: finding.rule,
    says: finding.says,
    fixes: finding.fixes,
    evidence: finding.evidence.map(({ series, fromStep, toStep, numbers, thresholds }) => ({
      series,
      fromStep,
      toStep,
      numbers: storedNumbers(numbers),
      thresholds: storedNumbers(thresholds),
    })),
    citation: finding.citation,
    lastStep: finding.lastStep,
    causedBy: finding.causedBy === null ? null : RULE_NAMES[finding.causedBy],
    facts: null,
  }
  const { code, subjects, severity, title, firstStep, confidence } = finding
  return { rule: code, subjects, severity, origin: 'computed', title, firstStep, wall, confidence, detail: asJson(detail) }
}

/** What training code itself logged, one finding per name: what it said last, since its first step. */
export function fromRecords(records: readonly StoredRecord[]): RunFinding[] {
  const byName = new Map<string, StoredRecord[]>()
  for (const record of records) byName.set(record.name, [...(byName.get(record.name) ?? []), record])
  return [...byName].map(([name, all]) => {
    const first = all.reduce((best, one) => (one.step < best.step ? one : best))
    const newest = all.reduce((best, one) => (one.step > best.step || (one.step === best.step && one.id > best.id) ? one : best))
    const { code, severity, title, detail: says, evidence } = newest.payload as unknown as FindingValue
    const none = { id: null, fixes: [], evidence: [], citation: null, causedBy: null }
    const detail: FindingDetail = { ...none, says, lastStep: newest.step, facts: evidence }
    return {
      rule: code,
      // Most are named after what they say.
      subjects: name === code || name === `finding/${code}` ? [] : [name],
      severity,
      origin: 'logged',
      title,
      firstStep: first.step,
      wall: first.wall,
      confidence: null,
      detail: asJson(detail),
    }
  })
}

export function reportOf(diagnosis: Diagnosis): DiagnosisReport {
  const { results, findings } = diagnosis.results()
  const view = diagnosis.view()
  const { layers, factor } = updateRatioVerdicts(view)
  const of = <State extends RuleResult['state']>(state: State) =>
    results.filter((result): result is Extract<RuleResult, { state: State }> => result.state === state)
  const roles: Record<string, string> = {}
  for (const [name, assignment] of diagnosis.assignments)
    if (assignment) roles[name] = assignment.layer === null ? assignment.role : `${assignment.role}:${assignment.layer}`
  const step = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    waiting: of('not-enough-data').map(({ code, title, needs }) => ({ rule: code, title, needs })),
    notApplicable: of('not-applicable').map(({ code, title, why }) => ({ rule: code, title, why })),
    clear: of('clear').map(({ code, title, says }) => ({ rule: code, title, says })),
    roles,
    shapes: shapesOf(findings),
    updateRatios: { factor, layers: layers.map((one) => ({ ...one, ratio: toStoredNumber(one.ratio), now: toStoredNumber(one.now) })) },
    firstStep: step(view.firstStep),
    lastStep: step(view.lastStep),
  }
}

function storedNumbers(numbers: Record<string, number>): FindingEvidence['numbers'] {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, toStoredNumber(value)]))
}

function asJson(value: object): JsonObject {
  return value as JsonObject
}
